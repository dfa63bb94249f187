using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.Placements;
using Infra.Components.Runtimes;
using Infra.Components.Systems;

namespace Infra.Components.Addons.Kubernetes;

/// <summary>
/// The cluster-wide singletons of a cluster: those that are declared, and those that something in the cluster builds on, where no other
/// stack owns them.
/// </summary>
internal class KubernetesAddons() : FoundationProvision<KubernetesContext>(ClusterAddonKind.Instance, new(Backing.InCluster, Product))
{
    /// <summary>What provides them.</summary>
    protected const string Product = "Helm charts";

    private static readonly Gap Definitions = new(
        "definitions follow the version",
        "Helm installs the definitions of "
        + string.Join(", ", Releases.Addons.Where(release => release.DefinesOnce).Select(release => release.Chart.Split('/')[^1]))
        + " once: those of a new version are applied by hand (kubectl apply --server-side) before it is installed.");

    private static readonly Rule Once = Rule.Error("addon-once", "Every add-on is declared once, and by no other add-on's name");
    private static readonly Rule Clusterless = Rule.Warning("addon-cluster", "Add-ons that are declared have a cluster to stand in");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [Definitions];

    /// <summary>Whether this stack installs an add-on. A cluster that its cloud makes for the stack has no other owner.</summary>
    public static bool Owns(Blueprint blueprint, Cloud cloud, Addon addon) =>
        cloud != Cloud.Kubernetes
        || !blueprint.Settings.Addons.TryGetValue(addon.Name(), out var owner)
        || owner == blueprint.Settings.Stack;

    /// <inheritdoc/>
    public override IEnumerable<string> NamesOfItsOwn(CloudChecks checks)
    {
        if (checks.Cloud != Cloud.Kubernetes && !checks.Needs(RuntimeKind.Instance)) return [];
        var declared = checks.Model.Components.OfType<ClusterAddon>().Select(addon => addon.Args.Addon).ToHashSet();
        return Enum.GetValues<Addon>()
            .Where(addon => !declared.Contains(addon) && Owns(checks.Blueprint, checks.Cloud, addon))
            .Select(AddonNames.Name);
    }

    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(KubernetesContext context)
    {
        if (context.Cluster is null) yield break;
        var declared = context.Blueprint.Model.Components
            .OfType<ClusterAddon>()
            .DistinctBy(addon => addon.Args.Addon)
            .ToDictionary(addon => addon.Args.Addon);
        var needed = NeededBy(context);

        // In the order in which they build on each other.
        foreach (var addon in Enum.GetValues<Addon>().Where(addon => needed.Contains(addon) || declared.ContainsKey(addon)))
        {
            if (!Owns(context.Blueprint, context.Cloud, addon)) continue;
            var component = declared.GetValueOrDefault(addon);
            var engines = context.On<ManagedDatabase>().Select(database => database.Args.Engine).Distinct();
            var built = new KubernetesClusterAddon(
                addon,

                // One that is declared serves other stacks too, whatever their engines.
                component is null ? [.. engines] : Enum.GetValues<DatabaseEngine>(),
                component is null
                    ? [
                        .. context.On<DnsZone>()
                            .Where(zone => !zone.Args.External)
                            .Select(zone => zone.Args.Apex)
                            .Order(StringComparer.Ordinal),
                    ]
                    : [],
                context.Running,
                component is null ? context.PlaceInCluster(Kind, addon.Name()) : context.PlaceInCluster(component));
            context.Cluster = context.Running.With(addon, built.Resources);
            yield return built;
        }
    }

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks)
    {
        var declared = checks.Model.Components.OfType<ClusterAddon>().ToList();
        foreach (var twice in declared.GroupBy(addon => addon.Args.Addon).Where(group => group.Count() > 1))
        {
            checks.Report(
                Once,
                twice.ElementAt(1),
                $"{twice.Count()} components are the add-on {twice.Key.Name()} ({string.Join(", ", twice.Select(addon => addon.Name))}); "
                + "allowed: one, because a cluster has each add-on once. Remove the others.");
        }

        // A given cluster is there whatever stands in it.
        if (checks.Cloud == Cloud.Kubernetes || checks.Needs(RuntimeKind.Instance)) return;
        foreach (var addon in declared)
        {
            checks.Report(
                Clusterless,
                addon,
                $"Nothing that stands on {checks.Cloud.Name()} needs a cluster, so that there is none to install it in. "
                + $"Remove '{addon.Name}', or place a service or job on {checks.Cloud.Name()}.");
        }
    }

    private static HashSet<Addon> NeededBy(KubernetesContext context)
    {
        var needing = context.Provisions.OfType<INeedsAddons>().ToDictionary(provision => provision.Kind);
        return
        [
            .. context.Blueprint.On(context.Cloud).SelectMany(standing =>
                needing.TryGetValue(standing.Kind, out var provision) ? provision.Addons(standing.Component, context) : []),
        ];
    }
}

using System.Globalization;
using Infra.Components.Addons.Ovh;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Ovh;
using Infra.Components.LoadBalancers.Ovh;
using Infra.Components.Networks;
using Infra.Components.Networks.Kubernetes;
using Infra.Components.Networks.Ovh;
using Infra.Components.Placements;
using Pulumi;

namespace Infra.Components.Runtimes.Ovh;

/// <summary>
/// Clusters on OVHcloud: for what runs in them, and for who comes from other clouds. A cluster comes with the namespace in which all of
/// that stands.
/// </summary>
internal sealed class OvhRuntimes()
    : FoundationProvision<OvhContext>(RuntimeKind.Instance, new(Backing.Native, "OVHcloud Managed Kubernetes"))
{
    private static readonly Rule Accepted = Rule.Error("ovh-runtime-arguments", "OVHcloud accepts what the stack asks of its cluster");
    private static readonly Rule Closed = Rule.Notable("ovh-api-open", "The cluster's API answers administrators only");

    private static readonly Rule Grown = Rule.Info(
        "ovh-node-pool-refresh",
        "A pool of nodes keeps those that its autoscaler has added while it is changed");

    // terraform-provider-ovh 2.12.0: every update of a pool sends the number of nodes, where nothing says one the last that was seen.
    private static readonly Gap NodesKept = new(
        "nodes kept",
        "An update that changes a pool sets the number of nodes that Pulumi saw last: refresh first.")
    {
        Rule = Grown,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [NodesKept];

    /// <summary>What the cluster can do.</summary>
    public static ClusterTraits TraitsOf(Blueprint blueprint) => new()
    {
        ClusterIssuer = OvhDnsIssuer.IssuerOf(blueprint),
        FastStorageClass = "csi-cinder-high-speed",
        // Of volumes that are in use; every cluster has it (OVHcloud documentation, Managed Kubernetes: backups with Velero).
        SnapshotClass = "csi-cinder-snapclass-in-use-v1",
        BalancerAnnotations = OvhEntry.Annotations,
    };

    /// <inheritdoc/>
    public override IEnumerable<string> NamesOfItsOwn(CloudChecks checks) =>
        checks.Needs(Kind) && checks.Model.Find<PrivateNetwork>() is { } network
            ? ["runtime", KubernetesNetworks.NamespaceOf(network)]
            : [];

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks)
    {
        if (!checks.Needs(RuntimeKind.Instance) || checks.Model.Find<PrivateNetwork>() is not { } network) return;
        if (checks.Settings.Accounts.Ovh is { ApiAddresses.Count: 0 })
        {
            checks.Report(
                Closed,
                null,
                "The cluster's API answers every address that has credentials. Set infra:accounts.ovh.apiAddresses to those from which "
                + "the stack is deployed and administered.");
        }

        var region = OvhPlace.Of(checks);
        var guard = checks.Guard(network, Accepted);
        var tweak = network.Args.Tweak<OvhRuntimeTweak>() ?? new();
        if (tweak.Flavor is { } flavor) guard.OneOf("OvhRuntimeTweak.Flavor", flavor, OvhNodes.Flavors(region));
        if (tweak.MaximumNodes is { } most)
            guard.InRange("OvhRuntimeTweak.MaximumNodes", most, 1, region.MostNodes, $"nodes in {region.Code}");

        var nodes = OvhNodes.For(checks.Blueprint, region);
        if (nodes.Maximum > nodes.Minimum)
        {
            checks.Report(
                Grown,
                null,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Pools grow from {nodes.Minimum} to {nodes.Maximum} nodes by themselves, and an update that changes one sets the "
                    + $"number that Pulumi saw last: pods on the others are moved. Deploy with 'pulumi up --refresh'."));
        }

        guard.Require(
            nodes.Total <= region.MostNodes,
            "Scaling.Maximum",
            string.Create(CultureInfo.InvariantCulture, $"such that all services together need {nodes.Total} nodes of {nodes.Flavor}"),
            string.Create(CultureInfo.InvariantCulture, $"{region.MostNodes} nodes in {region.Code}"),
            "Lower the services' bounds, or ask for a larger OvhRuntimeTweak.Flavor");
        guard.Require(
            !tweak.AntiAffinity || nodes.Maximum <= OvhNodes.MostApart,
            "OvhRuntimeTweak.AntiAffinity",
            string.Create(CultureInfo.InvariantCulture, $"true, with {nodes.Maximum} nodes in a pool"),
            string.Create(CultureInfo.InvariantCulture, $"{OvhNodes.MostApart} nodes in a pool"),
            "Set AntiAffinity to false, or ask for a larger OvhRuntimeTweak.Flavor");
    }

    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(OvhContext context)
    {
        if (!context.Needs(RuntimeKind.Instance)) yield break;
        var network = context.Get<OvhPrivateNetwork>();
        var runtime = new OvhRuntime(network, context);
        yield return runtime;
        context.Cluster = context.ClusterOf(runtime.Provider, TraitsOf(context.Blueprint)) with
        {
            BalancerSources = Output.Create(network.Subnet),
        };
        var declared = context.Blueprint.Model.Find<PrivateNetwork>()!;
        yield return KubernetesNetworks.BuildNamespace(
            context,
            declared,
            network.EgressAddresses,
            KubernetesNetworks.NamespaceOf(declared));
    }
}

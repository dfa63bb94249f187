using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Registries;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Components.Networks.Kubernetes;

/// <summary>
/// Private networks in a given cluster: a namespace whose policies deny what nobody allowed. Everything else of a network is the cluster's.
/// </summary>
internal sealed class KubernetesNetworks()
    : FoundationProvision<KubernetesContext>(PrivateNetworkKind.Instance, new(Backing.Native, Product))
{
    private const string Product = "Kubernetes namespace and network policies";

    private static readonly Rule Ignored = Rule.Info("network-ignored", "What is asked of a network has a meaning in the given cluster");
    private static readonly Rule Policies = Rule.Warning("network-policies", "The cluster enforces network policies");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        new("address block", "Pods have the cluster's addresses.") { Rule = Ignored },
        new("zones", "Zones are the cluster's.") { Rule = Ignored },
        new("gateway per zone", "How pods leave is the cluster's affair; without egress, policies keep them in.") { Rule = Ignored },
        new("flow logs", "Flows are logged as the cluster logs them.") { Rule = Ignored },
    ];

    /// <summary>What the namespace is called where the declared network itself is something else.</summary>
    public static string NamespaceOf(PrivateNetwork network) => $"{network.Name}-namespace";

    /// <summary>Builds the stack's namespace; from then on, the cluster is known with it.</summary>
    /// <param name="context">The stack's part on a cloud, with its cluster.</param>
    /// <param name="network">The declared network.</param>
    /// <param name="egressAddresses">The addresses from which the cluster's pods reach the outside.</param>
    /// <param name="name">What it is called where the declared network itself is something else; null for the network's name.</param>
    public static KubernetesPrivateNetwork BuildNamespace(
        KubernetesContext context,
        PrivateNetwork network,
        Output<string> egressAddresses,
        string? name = null)
    {
        var placement = context.PlaceInCluster(network) with { Name = name ?? network.Name, Backing = Backing.Native, RunsOn = Product };
        var built = new KubernetesPrivateNetwork(network, egressAddresses, context.Running, placement);
        context.Cluster = context.Running with { Namespace = built.Namespace, Children = built.Children };
        LogIn(built, context);
        return built;
    }

    // Whatever is put into the namespace pulls its images with them.
    private static void LogIn(KubernetesPrivateNetwork built, KubernetesContext context)
    {
        var (cluster, settings) = (context.Running, context.Blueprint.Settings);
        var logins = RegistryLogins.On(context.Cloud, context.Blueprint).ToList();
        if (logins.Count == 0) return;
        var name = $"{built.Name}-registries";
        var secret = new Secret(
            name,
            new SecretArgs
            {
                Metadata = cluster.Metadata(built.Name, context.Tags(built.Name)),
                Type = "kubernetes.io/dockerconfigjson",
                StringData = { [".dockerconfigjson"] = RegistryLogins.DockerConfiguration(logins, settings) },
            },
            built.Children());
        context.Cluster = cluster with { PullSecrets = [.. cluster.PullSecrets, ClusterContext.NameOf(secret)] };
    }

    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(KubernetesContext context)
    {
        if (!context.Needs(PrivateNetworkKind.Instance)) yield break;
        var addresses = context.EgressAddresses.Count == 0
            ? Output.Create("")
            : Output.All(context.EgressAddresses).Apply(all => string.Join(',', all));
        yield return BuildNamespace(context, context.Blueprint.Model.Find<PrivateNetwork>()!, addresses);
    }

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks)
    {
        if (!checks.Needs(PrivateNetworkKind.Instance)) return;
        var account = GivenClusterContext.AccountOf(checks.Settings);
        if (!account.EnforcesNetworkPolicies)
        {
            checks.Report(
                Policies,
                null,
                "The cluster does not enforce network policies: every pod reaches every other. Install a network plugin that does, such as "
                + "Cilium or Calico, and remove infra:accounts.kubernetes.enforcesNetworkPolicies.");
        }

        var isUnknown = account.EgressAddresses.Count == 0 && !checks.Settings.Hypothetical;
        if (isUnknown && checks.Blueprint.LinksOutOf(checks.Cloud).FirstOrDefault() is { } link)
        {
            checks.Report(
                KnownEgress.Known,
                link.Consumer.Component,
                $"It uses '{link.Target.Name}' on {link.Target.Cloud.Name()}, which admits known addresses only. "
                + "Set infra:accounts.kubernetes.egressAddresses to those from which the cluster's pods reach the outside.");
        }

        if (checks.Model.Find<PrivateNetwork>() is { } network && IgnoredBy(network.Args, checks) is { Count: > 0 } ignored)
        {
            checks.Report(
                Ignored,
                network,
                $"{string.Join(", ", ignored)}: without a meaning in a given cluster, whose pods have the cluster's addresses, zones, "
                + "gateways and flow logs.");
        }
    }

    // What differs from what the environment has by itself. Whether pods may leave at all is kept; through how many gateways is not.
    private static List<string> IgnoredBy(PrivateNetworkArgs args, CloudChecks checks)
    {
        var usual = (PrivateNetworkArgs)new PrivateNetworkArgs().For(checks.Profile);
        var ignored = new List<string>();
        if (args.Cidr != usual.Cidr) ignored.Add($"Cidr is {args.Cidr}");
        if (args.Zones != usual.Zones) ignored.Add(string.Create(CultureInfo.InvariantCulture, $"Zones is {args.Zones}"));
        if (args.Egress != usual.Egress && args.Egress != Egress.None) ignored.Add($"Egress is {args.Egress}");
        if (args.FlowLogs != usual.FlowLogs) ignored.Add($"FlowLogs is {args.FlowLogs}");
        return ignored;
    }
}

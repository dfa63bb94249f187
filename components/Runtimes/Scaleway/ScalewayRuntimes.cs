using System.Globalization;
using Infra.Components.Addons.Scaleway;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.LoadBalancers.Scaleway;
using Infra.Components.Networks;
using Infra.Components.Networks.Kubernetes;
using Infra.Components.Networks.Scaleway;
using Infra.Components.Placements;
using Infra.Components.Queues;
using Infra.Components.Queues.Scaleway;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Runtimes.Scaleway;

/// <summary>
/// Clusters on Scaleway: for what runs in them, for who comes from other clouds, and for what only something in the network can do. A
/// cluster comes with the namespace in which all of that stands.
/// </summary>
internal sealed class ScalewayRuntimes()
    : FoundationProvision<ScalewayContext>(RuntimeKind.Instance, new(Backing.Native, "Scaleway Kapsule"))
{
    private static readonly Rule Accepted = Rule.Error("scaleway-runtime-arguments", "Scaleway accepts what the stack asks of its cluster");
    private static readonly Rule Fits = Rule.Error("scaleway-container-size", "Every container fits on a node");
    private static readonly Rule Closed = Rule.Notable("scaleway-api-open", "The cluster's API answers administrators only");

    private static readonly Rule Offered = Rule.Error("scaleway-node-zone", "The region has nodes for every container");
    private static readonly Rule Spread = Rule.Notable("scaleway-node-zones", "Nodes of every architecture stand in several zones");
    private static readonly Rule Committed = Rule.Info(
        "scaleway-control-plane-commitment",
        "A cluster can be given up at any time without further cost");

    private static readonly string[] ControlPlanes = ["kapsule", "kapsule-dedicated-4", "kapsule-dedicated-8", "kapsule-dedicated-16"];

    /// <summary>What the cluster can do. Certificates are validated through the zone where every one of them has it here.</summary>
    public static ClusterTraits TraitsOf(Blueprint blueprint) => new()
    {
        ClusterIssuer = ScalewayDnsIssuer.IssuerOf(blueprint),
        // 15,000 reads and writes a second instead of 5,000 (Scaleway documentation, Kubernetes: storage classes; read in 2026-11).
        FastStorageClass = "sbs-15k",
        // The class of its volumes' driver (scaleway/scaleway-csi: examples).
        SnapshotClass = "scw-snapshot",
        BalancerAnnotations = (idleSeconds, _) => ScalewayEntry.Annotations(idleSeconds),
    };

    /// <inheritdoc/>
    public override IEnumerable<string> NamesOfItsOwn(CloudChecks checks)
    {
        if (checks.On<Queue>().Any()) yield return ScalewayMessaging.ComponentName;
        if (!checks.Needs(Kind) || checks.Model.Find<PrivateNetwork>() is not { } network) yield break;
        yield return "runtime";
        yield return KubernetesNetworks.NamespaceOf(network);
    }

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks)
    {
        if (!checks.Needs(RuntimeKind.Instance) || checks.Model.Find<PrivateNetwork>() is not { } network) return;
        var guard = checks.Guard(network, Accepted);
        guard.Require(
            network.Args.Egress != Egress.None,
            nameof(PrivateNetworkArgs.Egress),
            "none",
            "shared, per-zone: nodes without a public address reach their control plane through the gateway",
            "Set Egress to shared");
        if (checks.Settings.Accounts.Scaleway is { ApiAddresses.Count: 0 })
        {
            checks.Report(
                Closed,
                null,
                "The cluster's API answers every address that has credentials. Set infra:accounts.scaleway.apiAddresses to those from "
                + "which the stack is deployed and administered.");
        }

        var tweak = network.Args.Tweak<ScalewayRuntimeTweak>() ?? new();
        if (ScalewayRuntime.ControlPlane(tweak, checks.Profile.IsProduction) is var used && used != ScalewayRuntime.SharedControlPlane)
        {
            checks.Report(
                Committed,
                null,
                $"The control plane is {used}, which commits to 30 days (Scaleway documentation: control planes of Kapsule). "
                + $"ScalewayRuntimeTweak.ControlPlane of '{network.Name}' asks for another one: {string.Join(", ", ControlPlanes)}.");
        }

        if (tweak.ControlPlane is { } plane) guard.OneOf("ScalewayRuntimeTweak.ControlPlane", plane, ControlPlanes);
        var chosen = tweak.NodeType is { } code ? ScalewayNodes.Find(code) : null;
        if (tweak.NodeType is { } named && (chosen is null || ScalewayNodes.Of(CpuArchitecture.Arm64).Contains(chosen)))
        {
            guard.Refuse(
                "ScalewayRuntimeTweak.NodeType",
                $"'{named}'",
                $"{string.Join(", ", ScalewayNodes.Of(CpuArchitecture.Amd64).Select(type => type.Code))}, and types whose names say their "
                + "size, such as POP2-4C-16G");
        }

        foreach (var architecture in ScalewayRuntime.Architectures(checks.Blueprint))
            CheckNodes(architecture, architecture == CpuArchitecture.Amd64 ? chosen : null, guard, network, checks);
    }

    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(ScalewayContext context)
    {
        if (!context.Needs(RuntimeKind.Instance)) yield break;
        var declared = context.Blueprint.Model.Find<PrivateNetwork>()!;
        var network = context.Get<ScalewayPrivateNetwork>();
        var runtime = new ScalewayRuntime(declared, network, context);
        yield return runtime;
        context.Cluster = context.ClusterOf(runtime.Provider, TraitsOf(context.Blueprint)) with
        {
            Reserve = (name, args, tags, options) => ScalewayEntry.Reserve(name, args, tags, options, context),
            BalancerSources = Output.Create(network.Block),
        };
        yield return KubernetesNetworks.BuildNamespace(
            context,
            declared,
            network.EgressAddresses,
            KubernetesNetworks.NamespaceOf(declared));
    }

    private static void CheckNodes(
        CpuArchitecture architecture,
        Product? chosen,
        Guard guard,
        PrivateNetwork network,
        CloudChecks checks)
    {
        var consumers = checks.On<Consumer>().Where(consumer => consumer.Container.Architecture == architecture).ToList();
        var largest = chosen ?? ScalewayNodes.Of(architecture)[^1];
        foreach (var consumer in consumers.Where(consumer => !ScalewayNodes.Fits(largest, Load.Of(consumer))))
        {
            checks.Guard(consumer, Fits).Refuse(
                nameof(ContainerArgs.Size),
                consumer.Container.Size,
                $"sizes that fit on a node of type {largest.Code} beside what every node runs",
                "Reduce Size or MemoryMiB, or name a larger type in ScalewayRuntimeTweak.NodeType");
        }

        var loads = consumers.Select(Load.Of).ToList();
        var type = chosen ?? ScalewayNodes.TypeFor(architecture, loads);
        guard.Require(
            type is not null && ScalewayNodes.Nodes(type, loads) <= ScalewayNodes.MostNodes,
            "Scaling",
            string.Create(
                CultureInfo.InvariantCulture,
                $"bounds that add up to {ScalewayNodes.Nodes(largest, loads)} nodes of type {largest.Code}"),
            string.Create(CultureInfo.InvariantCulture, $"{ScalewayNodes.MostNodes / 2} nodes per architecture at most"),
            "Lower Scaling.Maximum of the largest services, or split the stack");
        if (type is not null) CheckZones(type, chosen is not null, consumers, network, checks);
    }

    private static void CheckZones(
        Product type,
        bool isChosen,
        IReadOnlyList<Consumer> consumers,
        PrivateNetwork network,
        CloudChecks checks)
    {
        var zones = ScalewayRegions.Zones(checks.Region);
        var offered = ScalewayNodes.ZonesWith(type, zones);
        var anywhere = string.Join(", ", ScalewayNodes.ZonesWith(type, ScalewayRegions.All.SelectMany(ScalewayRegions.Zones)));
        if (zones.Count > 0 && offered.Count == 0 && isChosen)
        {
            checks.Guard(network, Offered).Refuse(
                "ScalewayRuntimeTweak.NodeType",
                $"'{type.Code}', which no zone of {checks.Region} has",
                $"types that {string.Join(", ", zones)} have; this one is in {anywhere}");
        }
        else if (zones.Count > 0 && offered.Count == 0)
        {
            foreach (var consumer in consumers)
            {
                checks.Guard(consumer, Offered).Refuse(
                    nameof(ContainerArgs.Architecture),
                    $"{consumer.Container.Architecture}, for which no zone of {checks.Region} has nodes",
                    $"{CpuArchitecture.Amd64} there; {consumer.Container.Architecture} in {anywhere}",
                    $"Build the image for x86-64, change infra:location, or place '{consumer.Name}' on "
                    + $"{checks.Alternatives(consumer.Kind, "arm64")}");
            }
        }
        else if (checks.Profile.IsProduction && offered.Count < Math.Min(zones.Count, network.Args.Zones))
        {
            checks.Report(
                Spread,
                network,
                $"Of {string.Join(", ", zones)}, only {string.Join(", ", offered)} has nodes of type {type.Code}: "
                + $"{string.Join(", ", consumers.Select(consumer => consumer.Name))} stand in one zone and fail with it. Build the images "
                + "for x86-64, or change infra:location, to spread them.");
        }
    }
}

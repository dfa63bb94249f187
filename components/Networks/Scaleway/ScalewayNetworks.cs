using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Runtimes.Scaleway;

namespace Infra.Components.Networks.Scaleway;

/// <summary>Private networks on Scaleway.</summary>
internal sealed class ScalewayNetworks()
    : FoundationProvision<ScalewayContext>(PrivateNetworkKind.Instance, new(Backing.Native, "Scaleway VPC"))
{
    private static readonly Rule Accepted = Rule.Error("scaleway-network-arguments", "Scaleway accepts the network's arguments");
    private static readonly Rule Leaves = Rule.Notable("scaleway-network-egress", "The network leaves by a gateway in every zone");
    private static readonly Rule Logged = Rule.Info(
        "scaleway-network-flow-logs",
        "The network's flows are logged where the system asks for it");
    private static readonly Rule Spread = Rule.Info("scaleway-network-zones", "Nodes stand in as many zones as the network spans");

    // Dated 2026-09-03; source: Scaleway's product catalogue of nl-ams.
    private static readonly string[] GatewayTypes = ["VPC-GW-S", "VPC-GW-M", "VPC-GW-L", "VPC-GW-XL"];

    private static readonly Gap GatewayPerZone = new("gateway per zone", "One Public Gateway, in one zone, leads out.") { Rule = Leaves };
    private static readonly Gap FlowLogs = new("flow logs", "Flows are not logged.") { Rule = Logged };
    private static readonly Gap Zones = new("zones", "Two zones of a region have everything; outside production, nodes stand in one.")
    {
        Rule = Spread,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [GatewayPerZone, FlowLogs, Zones];

    /// <summary>That of the cluster is among them: no system declares the cluster itself.</summary>
    public override IReadOnlyList<Type> Tweaks => [typeof(ScalewayNetworkTweak), typeof(ScalewayRuntimeTweak)];

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks)
    {
        if (checks.Model.Find<PrivateNetwork>() is not { } network) return;
        var (guard, args) = (checks.Guard(network, Accepted), network.Args);

        // Kapsule's default block of services, and Docker's of containers, lie inside these.
        guard.Require(
            args.Cidr is not ("10.32.0.0/16" or "172.17.0.0/16"),
            nameof(PrivateNetworkArgs.Cidr),
            args.Cidr,
            "blocks other than 10.32.0.0/16 and 172.17.0.0/16, which clusters use inside");
        if (args.Tweak<ScalewayNetworkTweak>()?.GatewayType is { } gateway)
            guard.OneOf("ScalewayNetworkTweak.GatewayType", gateway, GatewayTypes);
        KnownEgress.Check(checks);
        if (checks.Needs(PrivateNetworkKind.Instance)) CheckPromises(network, checks);
    }

    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(ScalewayContext context)
    {
        if (!context.Needs(PrivateNetworkKind.Instance)) yield break;
        var network = new ScalewayPrivateNetwork(context.Blueprint.Model.Find<PrivateNetwork>()!, context);
        context.NetworkAddresses = network.EgressAddressList;
        yield return network;
    }

    private static void CheckPromises(PrivateNetwork network, CloudChecks checks)
    {
        if (network.Args.Egress == Egress.PerZone)
        {
            checks.Report(
                Leaves,
                network,
                "Egress is per-zone, and a private network on Scaleway has one way out: when the gateway's zone fails, nodes lose the "
                + "internet and their control plane. Set egress: shared to accept that.");
        }

        if (network.Args.FlowLogs)
        {
            checks.Report(
                Logged,
                network,
                "FlowLogs is true, and Scaleway does not log the flows of private networks. Set flowLogs: false to accept that.");
        }

        var zones = ScalewayRegions.Zones(checks.Region);
        if (zones.Count == 0) return;
        if (!checks.Profile.IsProduction)
        {
            checks.Report(
                Spread,
                network,
                $"Zones is {network.Args.Zones}, and outside production nodes stand in one zone, {zones[0]}.");
        }
        else if (network.Args.Zones > zones.Count)
        {
            checks.Report(
                Spread,
                network,
                $"Zones is {network.Args.Zones}, and {string.Join(", ", zones)} have everything that a stack needs: nodes stand in these.");
        }
    }
}

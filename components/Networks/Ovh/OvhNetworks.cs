using System.Net;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Ovh;

namespace Infra.Components.Networks.Ovh;

/// <summary>Private networks on OVHcloud.</summary>
internal sealed class OvhNetworks()
    : FoundationProvision<OvhContext>(PrivateNetworkKind.Instance, new(Backing.Native, "OVHcloud private network and gateway"))
{
    private static readonly Rule Accepted = Rule.Error("ovh-private-network-arguments", "OVHcloud accepts the network's arguments");
    private static readonly Rule Spread = Rule.Notable("ovh-private-network-zones", "The network spans several zones");
    private static readonly Rule Shut = Rule.Info("ovh-private-network-egress", "Nothing leaves a network without egress");
    private static readonly Rule Leaves = Rule.Notable("ovh-private-network-gateway", "The network leaves by a gateway in every zone");
    private static readonly Rule Logged = Rule.Info(
        "ovh-private-network-flow-logs",
        "The network's flows are logged where the system asks for it");

    private static readonly Gap Ordered = new("network without an order", "The project needs a vRack.");
    private static readonly Gap GatewayPerZone = new("gateway per zone", "Every zone leaves by one gateway.") { Rule = Leaves };
    private static readonly Gap NoEgress = new("no egress", "The gateway stands also where nothing is to leave: nodes need it.")
    {
        Rule = Shut,
    };
    private static readonly Gap FlowLogs = new("flow logs", "Flows are not logged.") { Rule = Logged };
    private static readonly Gap Zones = new("zones", "Most regions are a single zone.") { Rule = Spread };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [Ordered, GatewayPerZone, NoEgress, FlowLogs, Zones];

    /// <summary>That of the cluster is among them: no system declares the cluster itself.</summary>
    public override IReadOnlyList<Type> Tweaks => [typeof(OvhNetworkTweak), typeof(OvhRuntimeTweak)];

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks)
    {
        if (checks.Model.Find<PrivateNetwork>() is not { } network) return;
        var guard = checks.Guard(network, Accepted);
        if (network.Args.Tweak<OvhNetworkTweak>() is { } tweak)
        {
            if (tweak.VlanId is { } vlan) guard.InRange("OvhNetworkTweak.VlanId", vlan, 1, 4000);
            if (tweak.GatewayModel is { } model) guard.OneOf("OvhNetworkTweak.GatewayModel", model, OvhNetworkTweak.GatewayModels);
        }

        if (!checks.Needs(PrivateNetworkKind.Instance)) return;
        var region = OvhPlace.Of(checks);
        if (checks.Needs(RuntimeKind.Instance)) CheckBlock(network, region, guard);
        CheckPromises(network, region, checks);
    }

    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(OvhContext context)
    {
        if (!context.Needs(PrivateNetworkKind.Instance)) yield break;
        var network = new OvhPrivateNetwork(context.Blueprint.Model.Find<PrivateNetwork>()!, context);
        context.NetworkAddresses = [network.EgressAddresses];
        yield return network;
    }

    // OVHcloud documentation: ranges that its clusters use themselves. The networks overlap when either holds the other's first address.
    private static void CheckBlock(PrivateNetwork network, OvhRegion region, Guard guard)
    {
        if (!IPNetwork.TryParse(network.Args.Cidr, out var block)) return;
        string[] reserved = region.HasStandardPlan ? ["10.240.0.0/13", "10.3.0.0/16"] : ["10.2.0.0/16", "10.3.0.0/16", "172.17.0.0/16"];
        foreach (var range in reserved)
        {
            var used = IPNetwork.Parse(range);
            if (!used.Contains(block.BaseAddress) && !block.Contains(used.BaseAddress)) continue;
            guard.Refuse(
                nameof(PrivateNetworkArgs.Cidr),
                $"{network.Args.Cidr}, which overlaps {range}, a range of OVHcloud's own clusters",
                $"private blocks outside {string.Join(", ", reserved)}, such as 10.20.0.0/16");
        }
    }

    private static void CheckPromises(PrivateNetwork network, OvhRegion region, CloudChecks checks)
    {
        var args = network.Args;
        if (!region.IsMultiZone)
        {
            checks.Report(
                Spread,
                network,
                $"Zones is {args.Zones}, and {region.Code} is a single availability zone: what fails with a data centre fails together. "
                + $"Regions of several zones: {OvhRegions.Where(other => other.IsMultiZone)}.");
        }

        if (args.Egress == Egress.None)
        {
            checks.Report(
                Shut,
                network,
                "Egress is none: containers cannot leave, but the cluster's nodes still do, through the gateway, without which they would "
                + "not work.");
        }
        else if (args.Egress == Egress.PerZone)
        {
            checks.Report(
                Leaves,
                network,
                "Egress is per-zone, and a private network on OVHcloud has one gateway: when it fails, every zone loses the internet. Set "
                + "egress: shared to accept that.");
        }

        if (args.FlowLogs)
        {
            checks.Report(
                Logged,
                network,
                "FlowLogs is true, and OVHcloud does not log the flows of private networks. Set flowLogs: false to accept that.");
        }
    }
}

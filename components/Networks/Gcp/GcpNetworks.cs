using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Databases;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Networks.Gcp;

/// <summary>The network on Google Cloud.</summary>
internal sealed class GcpNetworks() : FoundationProvision<GcpContext>(PrivateNetworkKind.Instance, new(Backing.Native, "VPC")), IUsesApis
{
    // Google Cloud documentation, Cloud SQL: private IP, reserved ranges.
    private const string DatabasesOwnBlock = "172.17.0.0/16";

    private static readonly Rule Values = Rule.Error("gcp-network-arguments", "Google Cloud accepts the network's arguments");
    private static readonly Rule Block = Rule.Error("gcp-cidr", "The network's block is not the one that Cloud SQL uses itself");
    private static readonly Rule Zones = Rule.Info("gcp-zones", "No number of zones is asked for: subnets span all of them");
    private static readonly Rule Gateways = Rule.Info(
        "gcp-gateway-per-zone",
        "No number of gateways is asked for: address translation spans all zones");

    // It enables the APIs by which a network is made.
    /// <inheritdoc/>
    protected override IReadOnlyList<ComponentKind> Beside => [RuntimeKind.Instance];

    /// <inheritdoc/>
    public IReadOnlyList<string> Apis { get; } = ["compute", "dns", "servicenetworking"];

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        new("zones", "Subnets span all zones.") { Rule = Zones },
        new("gateway per zone", "Address translation spans all zones: a gateway per zone changes nothing.") { Rule = Gateways },
        new("removal at once", "The subnet can go one to two hours after the last container: .ci/tear-down waits for that."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks { get; } = [typeof(GcpNetworkTweak)];

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks)
    {
        if (checks.Model.Find<PrivateNetwork>() is not { } network) return;
        if (network.Args.Tweak<GcpNetworkTweak>() is { } tweak)
            checks.Guard(network, Values).InRange("GcpNetworkTweak.EgressAddresses", tweak.EgressAddresses, 1, 8, "addresses");
        checks.Guard(network, Block).Require(
            network.Args.Cidr != DatabasesOwnBlock || !checks.On<ManagedDatabase>().Any(),
            nameof(PrivateNetworkArgs.Cidr),
            $"'{network.Args.Cidr}', which machines of Cloud SQL use among themselves: they answer nobody in it",
            "any other private /16");
        KnownEgress.Check(checks);
        if (checks.Needs(Kind)) CheckZones(network, checks);
    }

    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(GcpContext context)
    {
        if (!context.Needs(Kind)) yield break;
        var network = new GcpPrivateNetwork(context.Blueprint.Model.Find<PrivateNetwork>()!, context.Get<GcpRuntime>(), context);
        context.LeavesBy(network.Addresses);
        yield return network;
    }

    // Whoever leaves the environment's own values has an intention, and learns that it makes no difference.
    private static void CheckZones(PrivateNetwork network, CloudChecks checks)
    {
        var usual = (PrivateNetworkArgs)new PrivateNetworkArgs().For(checks.Profile);
        if (network.Args.Zones != usual.Zones)
        {
            checks.Report(
                Zones,
                network,
                $"Zones is {network.Args.Zones}; subnets of Google Cloud span all zones of a region, whatever it says.");
        }

        if (network.Args.Egress is not Egress.None && network.Args.Egress != usual.Egress)
        {
            checks.Report(
                Gateways,
                network,
                $"Egress is {network.Args.Egress}; Shared and PerZone are the same on Google Cloud, whose address translation spans all "
                + "zones of a region.");
        }
    }
}

using Infra.Components.Clouds;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Net = Pulumiverse.Scaleway.Network;
using NetInputs = Pulumiverse.Scaleway.Network.Inputs;

namespace Infra.Components.Networks.Scaleway;

/// <summary>
/// A VPC with one regional private network, and a Public Gateway with a reserved address that leads out. Nothing leads in: traffic enters
/// through load balancers only, and administrators through the cluster's API.
/// </summary>
internal sealed class ScalewayPrivateNetwork : PlacedComponent, IPrivateNetwork
{
    private readonly Net.GatewayNetwork? _way;

    /// <summary>Builds the network.</summary>
    public ScalewayPrivateNetwork(PrivateNetwork network, ScalewayContext context)
        : base(context.Place(network))
    {
        var args = network.Args;
        var vpc = new Net.Vpc(
            Name,
            new() { Name = context.Stack, Region = context.Region, EnableRouting = true, Tags = Tags.AsTexts() },
            Child(protect: context.Protect));
        Block = BlockOf(args.Cidr);

        // Another block is another network, which would take away the addresses of everything in this one.
        var regional = new Net.PrivateNetwork(
            Name,
            new()
            {
                VpcId = vpc.Id,
                Region = context.Region,
                Ipv4Subnet = new NetInputs.PrivateNetworkIpv4SubnetArgs { Subnet = Block },
                Tags = Tags.AsTexts(),
            },
            Child(protect: context.Protect));
        NetworkId = regional.Id;
        EgressAddresses = Output.Create("");
        if (args.Egress != Egress.None)
        {
            var zone = context.Zones[0];
            var address = new Net.PublicGatewayIp(
                $"{Name}-egress",
                new() { Zone = zone, Tags = Tags.AsTexts() },
                Child(protect: context.Protect));
            var gateway = new Net.PublicGateway(
                $"{Name}-gateway",
                new()
                {
                    Zone = zone,
                    Type = args.Tweak<ScalewayNetworkTweak>()?.GatewayType ?? (context.IsProduction ? "VPC-GW-M" : "VPC-GW-S"),
                    IpId = address.Id,
                    BastionEnabled = false,
                    EnableSmtp = SendsMail(context.Blueprint),
                    Tags = Tags.AsTexts(),
                },
                Child());
            _way = new Net.GatewayNetwork(
                $"{Name}-gateway",
                new()
                {
                    Zone = zone,
                    GatewayId = gateway.Id,
                    PrivateNetworkId = regional.Id,
                    EnableMasquerade = true,
                    IpamConfigs = { new NetInputs.GatewayNetworkIpamConfigArgs { PushDefaultRoute = true } },
                },
                Child());
            EgressAddresses = address.Address;
        }

        RegisterOutputs();
    }

    /// <summary>
    /// The ports that the gateway closes unless it is told to let mail out (Scaleway documentation: Public Gateways; read on 2026-11-26).
    /// </summary>
    public static IReadOnlyList<int> MailPorts { get; } = [25, 465, 587, 2525];

    /// <inheritdoc/>
    [Output]
    public Output<string> NetworkId { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> EgressAddresses { get; private set; }

    /// <summary>The block of the private network, in which nodes, databases, caches and load balancers have their addresses.</summary>
    public string Block { get; }

    /// <summary>The addresses from which consumers reach the outside.</summary>
    public IReadOnlyList<Output<string>> EgressAddressList => _way is null ? [] : [EgressAddresses];

    /// <summary>The way out: nodes without a public address must wait for it, or they never reach their control plane.</summary>
    public IEnumerable<Resource> Ways => _way is null ? [] : [_way];

    // What stands here, and what consumers here use of other clouds.
    private static bool SendsMail(Blueprint blueprint)
    {
        var here = blueprint.On(Cloud.Scaleway);
        return here
            .Concat(here.SelectMany(blueprint.LinksOf).Select(link => link.Target))
            .Any(target => target.Kind.PortOutside(target.Component, target.Cloud) is { } port && MailPorts.Contains(port));
    }

    /// <summary>The first /20 of the declared block: the largest that a private network can have (Scaleway documentation: VPC).</summary>
    public static string BlockOf(string cidr) => cidr.Replace("/16", "/20", StringComparison.Ordinal);
}

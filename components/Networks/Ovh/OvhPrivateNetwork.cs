using System.Security.Cryptography;
using System.Text;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Ovh;
using Pulumi;
using CloudProject = Pulumi.Ovh.CloudProject;

namespace Infra.Components.Networks.Ovh;

/// <summary>
/// A VLAN of the project's vRack with one subnet for nodes, load balancers and databases, and a gateway through which all of them reach the
/// internet. The subnet is the first half of the block, so that others can be added. It must not be renamed: nodes find it by its name.
/// </summary>
internal sealed class OvhPrivateNetwork : PlacedComponent, IPrivateNetwork
{
    private const int MostVlans = 4000;

    /// <summary>Builds the network.</summary>
    public OvhPrivateNetwork(PrivateNetwork network, OvhContext context)
        : base(context.Place(network))
    {
        var (args, region) = (network.Args, context.Region.Code);
        var tweak = args.Tweak<OvhNetworkTweak>() ?? new();
        var created = new CloudProject.NetworkPrivate(
            Name,
            new() { ServiceName = context.Project, Regions = [region], VlanId = tweak.VlanId ?? VlanOf(context.Stack) },
            Child(protect: context.Protect));
        var block = args.Cidr[..args.Cidr.LastIndexOf(".0.0/", StringComparison.Ordinal)];
        Subnet = $"{block}.0.0/17";
        var subnet = new CloudProject.NetworkPrivateSubnet(
            $"{Name}-subnet",
            new()
            {
                ServiceName = context.Project,
                NetworkId = created.Id,
                Region = region,
                Network = Subnet,
                Start = $"{block}.0.16",
                End = $"{block}.127.254",
                Dhcp = true,
                NoGateway = false,
            },
            Child(protect: context.Protect));

        // Whatever stands in the network knows it by another identifier than the network's own: that of its region.
        RegionalId = created.RegionsOpenstackIds.Apply(ids => ids[region]);
        SubnetId = subnet.Id;
        Gateway = new CloudProject.Gateway(
            $"{Name}-gateway",
            new()
            {
                ServiceName = context.Project,
                Region = region,
                Model = tweak.GatewayModel ?? (context.IsProduction ? "m" : "s"),
                NetworkId = RegionalId,
                SubnetId = subnet.Id,
            },
            Child(protect: context.Protect));
        NetworkId = created.Id;
        EgressAddresses = Gateway.ExternalInformations.Apply(outside => outside[0].Ips[0].Ip!);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> NetworkId { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> EgressAddresses { get; private set; }

    /// <summary>The network's identifier in its region.</summary>
    public Output<string> RegionalId { get; }

    /// <summary>The subnet's identifier.</summary>
    public Output<string> SubnetId { get; }

    /// <summary>The subnet's block.</summary>
    public string Subnet { get; }

    /// <summary>The gateway: clusters and load balancers need it to be there first.</summary>
    public CloudProject.Gateway Gateway { get; }

    // The vRack is the project's, so stacks of one project must not meet on one VLAN; 0 would be the untagged network.
    private static int VlanOf(string stack) => 1 + (BitConverter.ToUInt16(SHA256.HashData(Encoding.UTF8.GetBytes(stack)), 0) % MostVlans);
}

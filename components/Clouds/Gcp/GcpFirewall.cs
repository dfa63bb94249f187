using System.Globalization;
using Pulumi;
using Compute = Pulumi.Gcp.Compute;

namespace Infra.Components.Clouds.Gcp;

/// <summary>The firewall of the machines in a network that bear one tag.</summary>
/// <param name="context">What every component needs.</param>
/// <param name="network">The network's own link.</param>
/// <param name="tag">The tag of the machines.</param>
internal sealed class GcpFirewall(GcpContext context, Output<string> network, string tag)
{
    private const int AllowPriority = 1000;
    private const int DenyPriority = 65000;

    /// <summary>Denies every machine of a network the way to a block of addresses, unless a rule says otherwise.</summary>
    public static Compute.Firewall Deny(
        string name,
        string description,
        GcpContext context,
        Output<string> network,
        string block,
        CustomResourceOptions options) => new(name, new()
        {
            Project = context.Project,
            Network = network,
            Description = description,
            Direction = "EGRESS",
            Priority = DenyPriority,
            DestinationRanges = { block },
            Denies = { new Compute.Inputs.FirewallDenyArgs { Protocol = "all" } },
        }, options);

    /// <summary>Lets the machines open connections to one address inside the network.</summary>
    public Compute.Firewall Egress(
        string name,
        string description,
        Output<string> address,
        Output<string> port,
        CustomResourceOptions options) => EgressToBlock(name, description, Output.Format($"{address}/32"), port, options);

    /// <summary>The same for a block, where nobody knows which of its addresses it is.</summary>
    public Compute.Firewall EgressToBlock(
        string name,
        string description,
        Output<string> block,
        Output<string> port,
        CustomResourceOptions options) => new(name, new()
        {
            Project = context.Project,
            Network = network,
            Description = description,
            Direction = "EGRESS",
            Priority = AllowPriority,
            TargetTags = { tag },
            DestinationRanges = { block },
            Allows = { Tcp(port) },
        }, options);

    /// <summary>Lets some blocks of addresses, and nobody else, open connections to a port of the machines.</summary>
    public Compute.Firewall Ingress(
        string name,
        string description,
        int port,
        IReadOnlyList<Output<string>> sources,
        CustomResourceOptions options) => new(name, new()
        {
            Project = context.Project,
            Network = network,
            Description = description,
            Direction = "INGRESS",
            Priority = AllowPriority,
            TargetTags = { tag },
            SourceRanges = sources.Select(source => (Input<string>)source).ToList(),
            Allows = { Tcp(port.ToString(CultureInfo.InvariantCulture)) },
        }, options);

    private static Compute.Inputs.FirewallAllowArgs Tcp(Input<string> port) => new() { Protocol = "tcp", Ports = { port } };
}

using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Ec2 = Pulumi.Aws.Ec2;
using LB = Pulumi.Aws.LB;
using LBInputs = Pulumi.Aws.LB.Inputs;
using Rules = Pulumi.Aws.Vpc;

namespace Infra.Components.Relays.Aws;

/// <summary>A way through the entry.</summary>
/// <param name="Group">The target group that the proxy joins.</param>
/// <param name="Listener">The listener that leads to it: a group can be joined only once one does.</param>
internal sealed record AwsRelayWay(LB.TargetGroup Group, LB.Listener Listener);

/// <summary>
/// The relay's front: a Network Load Balancer with a reserved address in each of its zones and a security group, which it must have from
/// its creation. Consumers know its name, which leads to the zones that work, and their ways out know its addresses.
/// </summary>
internal sealed class AwsRelayEntry
{
    // What 32 characters leave beside Pulumi's digits (Elastic Load Balancing API: CreateTargetGroup).
    private const int LongestGroup = 24;

    private readonly string _name;
    private readonly AwsPrivateNetwork _network;
    private readonly IReadOnlyDictionary<string, string> _tags;
    private readonly ChildOptions _child;
    private readonly LB.LoadBalancer _balancer;

    /// <summary>Builds the entry, which admits nobody yet.</summary>
    /// <param name="name">The relay's name.</param>
    /// <param name="network">The network.</param>
    /// <param name="zones">In how many of the network's zones it stands, the first ones.</param>
    /// <param name="tags">The tags of its resources.</param>
    /// <param name="protect">Whether its addresses, which others have admitted, are protected against deletion.</param>
    /// <param name="child">Makes the options of a child.</param>
    public AwsRelayEntry(
        string name,
        AwsPrivateNetwork network,
        int zones,
        IReadOnlyDictionary<string, string> tags,
        bool protect,
        ChildOptions child)
    {
        (_name, _network, _tags, _child) = (name, network, tags, child);
        var reserved = Enumerable
            .Range(1, zones)
            .Select(zone => Reserve(zone == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{zone}"), protect))
            .ToList();
        Group = new Ec2.SecurityGroup(
            $"{name}-entry",
            new() { VpcId = network.NetworkId, Description = "Entry of consumers on other clouds", Tags = tags.Named($"{name}-entry") },
            child());
        _balancer = new LB.LoadBalancer(
            name,
            new()
            {
                LoadBalancerType = "network",
                Internal = false,
                SubnetMappings = reserved
                    .Select((address, zone) => new LBInputs.LoadBalancerSubnetMappingArgs
                    {
                        SubnetId = network.PublicSubnets[zone],
                        AllocationId = address.Id,
                    })
                    .ToList(),
                // A zone whose proxy is gone still lets in, and leads to the others'.
                EnableCrossZoneLoadBalancing = true,
                SecurityGroups = [Group.Id],
                Tags = tags.AsInput(),
            },
            // Two load balancers cannot have one address, not even while one replaces the other.
            child(dependsOn: [network.PublicRoute], deleteBeforeReplace: true));
        Host = _balancer.DnsName;
        Addresses = reserved.Select(address => address.PublicIp).ToList();
    }

    /// <summary>The name that consumers connect to.</summary>
    public Output<string> Host { get; }

    /// <summary>The reserved addresses, one for each zone.</summary>
    public IReadOnlyList<Output<string>> Addresses { get; }

    /// <summary>The security group of the load balancer.</summary>
    public Ec2.SecurityGroup Group { get; }

    /// <summary>
    /// Admits the consumers of all targets, and lets them through to the proxies, which tell whose consumers may use which port. Every
    /// block has one rule from the lowest port to the highest, however many targets there are: AWS counts rules, whatever they span.
    /// </summary>
    /// <param name="ports">The ports.</param>
    /// <param name="proxies">The security group of the proxies.</param>
    public void Admit(IReadOnlyList<RelayPort> ports, Ec2.SecurityGroup proxies)
    {
        var (lowest, highest) = AwsRelayProxies.SpanOf(ports);
        foreach (var source in ports.SelectMany(port => port.Sources).Distinct().OrderBy(source => source.Cloud))
        {
            for (var index = 0; index < source.Blocks.Count; index++)
            {
                _ = new Rules.SecurityGroupIngressRule(
                    string.Create(CultureInfo.InvariantCulture, $"{_name}-from-{source.Cloud.Name()}-{index + 1}"),
                    new()
                    {
                        SecurityGroupId = Group.Id,
                        CidrIpv4 = source.Blocks[index],
                        IpProtocol = "tcp",
                        FromPort = lowest,
                        ToPort = highest,
                        Description = $"Consumers on {source.Cloud.Name()}",
                        Tags = _tags.AsInput(),
                    },
                    _child());
            }
        }

        Forward("forward", lowest, highest, "To the proxies");
        Forward("health", RelayPorts.Health, RelayPorts.Health, "Health checks");

        void Forward(string role, int first, int last, string description) =>
            _ = AwsGroupRules.Out($"{_name}-{role}", Group.Id, proxies.Id, first, last, description, _tags.AsInput(), _child());
    }

    /// <summary>Leads the consumers of one target to the proxies.</summary>
    public AwsRelayWay Lead(RelayPort port)
    {
        var role = $"{_name}-{port.Name}";
        var group = new LB.TargetGroup(
            ShortName.Of(role, LongestGroup),
            new()
            {
                TargetType = "ip",
                Protocol = "TCP",
                Port = port.Number,
                VpcId = _network.NetworkId,
                // The proxy then sees who comes, and admits the target's consumers only.
                PreserveClientIp = "true",
                DeregistrationDelay = 60,
                HealthCheck = new LBInputs.TargetGroupHealthCheckArgs
                {
                    Protocol = "HTTP",
                    Port = RelayPorts.Health.ToString(CultureInfo.InvariantCulture),
                    Path = "/",
                    Interval = 10,
                    HealthyThreshold = 2,
                    UnhealthyThreshold = 2,
                },
                Tags = _tags.Named(role),
            },
            _child());
        var listener = new LB.Listener(
            role,
            new()
            {
                LoadBalancerArn = _balancer.Arn,
                Port = port.Number,
                Protocol = "TCP",
                TcpIdleTimeoutSeconds = ProxyConfiguration.IdleSeconds,
                DefaultActions = [new LBInputs.ListenerDefaultActionArgs { Type = "forward", TargetGroupArn = group.Arn }],
                Tags = _tags.AsInput(),
            },
            _child());
        return new(group, listener);
    }

    private Ec2.Eip Reserve(string name, bool protect) =>
        new(name, new() { Domain = "vpc", Tags = _tags.Named(name) }, _child(protect: protect));
}

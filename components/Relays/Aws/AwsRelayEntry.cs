using System.Globalization;
using Infra.Components.Clouds.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Placements;
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
/// The relay's front: a Network Load Balancer with a reserved address and a security group, which it must have from its creation. It stands in
/// the network's first zone only, because consumers know one address, and every zone has its own.
/// </summary>
internal sealed class AwsRelayEntry
{
    // The longest silence of a connection; HAProxy allows as much.
    private const int IdleSeconds = 3600;

    private readonly string _name;
    private readonly AwsPrivateNetwork _network;
    private readonly IReadOnlyDictionary<string, string> _tags;
    private readonly ChildOptions _child;
    private readonly LB.LoadBalancer _balancer;

    /// <summary>Builds the entry, which admits nobody yet.</summary>
    public AwsRelayEntry(string name, AwsPrivateNetwork network, IReadOnlyDictionary<string, string> tags, ChildOptions child)
    {
        (_name, _network, _tags, _child) = (name, network, tags, child);
        var reserved = new Ec2.Eip(name, new() { Domain = "vpc", Tags = tags.Named(name) }, child());
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
                SubnetMappings = [new LBInputs.LoadBalancerSubnetMappingArgs { SubnetId = network.PublicSubnets[0], AllocationId = reserved.Id }],
                SecurityGroups = [Group.Id],
                Tags = tags.AsInput(),
            },
            // The network's ways out lead through the internet gateway, which must be there first.
            child(dependsOn: network.Ready));
        Address = reserved.PublicIp;
    }

    /// <summary>The reserved address.</summary>
    public Output<string> Address { get; }

    /// <summary>The security group of the load balancer.</summary>
    public Ec2.SecurityGroup Group { get; }

    /// <summary>Admits the consumers of one target, and leads them to the proxies.</summary>
    public AwsRelayWay Admit(AwsRelayPort port, Ec2.SecurityGroup proxies)
    {
        var role = $"{_name}-{port.Target.Name}";
        foreach (var (cloud, addresses) in port.Sources)
        {
            for (var index = 0; index < addresses.Count; index++)
            {
                _ = new Rules.SecurityGroupIngressRule(
                    string.Create(CultureInfo.InvariantCulture, $"{role}-from-{cloud.Name()}-{index + 1}"),
                    new()
                    {
                        SecurityGroupId = Group.Id,
                        CidrIpv4 = addresses[index].Apply(Range),
                        IpProtocol = "tcp",
                        FromPort = port.Number,
                        ToPort = port.Number,
                        Description = $"Consumers of {port.Target.Name} on {cloud.Name()}",
                        Tags = _tags.AsInput(),
                    },
                    _child());
            }
        }

        _ = new Rules.SecurityGroupEgressRule(
            $"{role}-forward",
            new()
            {
                SecurityGroupId = Group.Id,
                ReferencedSecurityGroupId = proxies.Id,
                IpProtocol = "tcp",
                FromPort = port.Number,
                ToPort = port.Number,
                Description = $"To {port.Target.Name}",
                Tags = _tags.AsInput(),
            },
            _child());
        var group = new LB.TargetGroup(
            role,
            new()
            {
                TargetType = "ip",
                Protocol = "TCP",
                Port = port.Number,
                VpcId = _network.NetworkId,
                // The proxy's log then names who came.
                PreserveClientIp = "true",
                DeregistrationDelay = 60,
                HealthCheck = new LBInputs.TargetGroupHealthCheckArgs { Protocol = "TCP", Port = "traffic-port", Interval = 10, HealthyThreshold = 2, UnhealthyThreshold = 2 },
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
                TcpIdleTimeoutSeconds = IdleSeconds,
                DefaultActions = [new LBInputs.ListenerDefaultActionArgs { Type = "forward", TargetGroupArn = group.Arn }],
                Tags = _tags.AsInput(),
            },
            _child());
        return new(group, listener);
    }

    // Some clouds tell addresses, others blocks.
    private static string Range(string source) => source.Contains('/', StringComparison.Ordinal) ? source : $"{source}/32";
}

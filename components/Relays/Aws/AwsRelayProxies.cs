using System.Text.Json.Nodes;
using Infra.Components.Clouds.Aws;
using Infra.Components.Identities.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Services.Aws;
using Pulumi;
using CloudWatch = Pulumi.Aws.CloudWatch;
using Ec2 = Pulumi.Aws.Ec2;
using Ecs = Pulumi.Aws.Ecs;
using EcsInputs = Pulumi.Aws.Ecs.Inputs;
using Iam = Pulumi.Aws.Iam;
using Rules = Pulumi.Aws.Vpc;

namespace Infra.Components.Relays.Aws;

/// <summary>
/// The relay's middle: HAProxy on Fargate. It may open connections to the relay's targets, and fetch its image, its certificate and nothing else;
/// it has no role of its own, because it calls no service of AWS.
/// </summary>
internal sealed class AwsRelayProxies
{
    /// <summary>A long-term version of HAProxy; Amazon's public registry mirrors the official images, without their rate limits.</summary>
    public const string Image = "public.ecr.aws/docker/library/haproxy:3.2.4-alpine";

    // AWS documentation: an ECS service uses five target groups at most.
    private const int TargetsPerService = 5;

    private readonly string _name;
    private readonly AwsPrivateNetwork _network;
    private readonly int _zones;
    private readonly AwsRuntime _runtime;
    private readonly AwsContext _context;
    private readonly IReadOnlyDictionary<string, string> _tags;
    private readonly ChildOptions _child;
    private readonly List<Resource> _rules = [];

    /// <summary>Builds what all proxies share.</summary>
    /// <param name="name">The relay's name.</param>
    /// <param name="network">The network.</param>
    /// <param name="zones">In how many of the network's zones they run, the first ones.</param>
    /// <param name="runtime">The cluster.</param>
    /// <param name="context">The stack.</param>
    /// <param name="tags">The tags of their resources.</param>
    /// <param name="child">Makes the options of a child.</param>
    public AwsRelayProxies(
        string name,
        AwsPrivateNetwork network,
        int zones,
        AwsRuntime runtime,
        AwsContext context,
        IReadOnlyDictionary<string, string> tags,
        ChildOptions child)
    {
        (_name, _network, _zones, _runtime, _context, _tags, _child) = (name, network, zones, runtime, context, tags, child);
        Group = new Ec2.SecurityGroup(
            name,
            new() { VpcId = network.NetworkId, Description = "Proxies of consumers on other clouds", Tags = tags.Named(name) },
            child());
        _rules.Add(new Rules.SecurityGroupEgressRule(
            $"{name}-out-https",
            new()
            {
                SecurityGroupId = Group.Id,
                CidrIpv4 = "0.0.0.0/0",
                IpProtocol = "tcp",
                FromPort = 443,
                ToPort = 443,
                Description = "Images, secrets and logs",
                Tags = tags.AsInput(),
            },
            child()));
    }

    /// <summary>Their security group.</summary>
    public Ec2.SecurityGroup Group { get; }

    /// <summary>Lets the proxies be reached from the entry.</summary>
    public void Admit(IReadOnlyList<AwsRelayPort> ports, Ec2.SecurityGroup entry)
    {
        _rules.Add(Ingress($"{_name}-forward", Group, entry, ports[0].Number, ports[^1].Number, "From the entry"));
        _rules.Add(Ingress($"{_name}-health", Group, entry, RelayPorts.Health, RelayPorts.Health, "Health checks"));
    }

    /// <summary>Lets the proxies reach a target.</summary>
    /// <returns>What lets them in at the target.</returns>
    public Resource Reach(AwsRelayPort port)
    {
        var role = $"{_name}-{port.Target.Name}";
        _rules.Add(AwsGroupRules.Out(
            $"{role}-access", Group.Id, port.Endpoint.Group.Id, port.Endpoint.Port, port.Endpoint.Port, $"To {port.Target.Name}", _tags.AsInput(), _child()));
        var access = Ingress($"{role}-access", port.Endpoint.Group, Group, port.Endpoint.Port, port.Endpoint.Port, "From the relay");
        _rules.Add(access);
        return access;
    }

    /// <summary>
    /// Runs them: one service for every five of the ports that could ever be used, so that no other port's use moves one from service to service.
    /// </summary>
    /// <param name="ways">The ports, and the ways to them.</param>
    /// <param name="certificate">The relay's certificate; null where every target encrypts by itself.</param>
    public IReadOnlyList<Ecs.Service> Run(IReadOnlyList<(AwsRelayPort Port, AwsRelayWay Way)> ways, RelayCertificate? certificate)
    {
        var logs = new CloudWatch.LogGroup(_name, new() { RetentionInDays = _context.LogDays, Tags = _tags.AsInput() }, _child());
        var secret = certificate is null
            ? null
            : AwsGrantee.Secret(
                $"{_name}-certificate",
                "Certificate and key of the relay",
                certificate.ChainAndKey.Apply(pem => AwsJson.Text(new JsonObject { [AwsRelayConfiguration.Certificate] = pem })),
                _tags,
                _context,
                _child);
        var role = AwsServiceIdentity.TaskRole($"{_name}-execution", "Starts the relay", isJob: false, _tags, _context, _child());
        var policy = new Iam.RolePolicy(
            $"{_name}-execution",
            new() { Role = role.Name, Policy = Statement.Document(AwsContainer.Starting(logs, secret is null ? [] : [secret])) },
            _child());
        return
        [
            .. ways
                .GroupBy(way => (way.Port.Number - RelayPorts.First) / TargetsPerService)
                .Select(group => Run(group.Key + 1, [.. group], group.All(way => way.Port.Endpoint.SpeaksTls) ? null : secret, role, logs, policy)),
        ];
    }

    private Ecs.Service Run(
        int number,
        IReadOnlyList<(AwsRelayPort Port, AwsRelayWay Way)> ways,
        AwsSecret? certificate,
        Iam.Role role,
        CloudWatch.LogGroup logs,
        Iam.RolePolicy policy)
    {
        var name = $"{_name}-{number}";
        var definition = AwsTask.Create(
            name,
            new()
            {
                Container = name,
                // Names of components hold no underscore: no service has this family.
                Family = $"{_context.Stack}_relay_{number}",
                Image = Output.Create(Image),
                Size = FargateSize.Smallest,
                ExecutionRole = role,
                Logs = logs,
                EntryPoint = ["sh", "-e", "-c"],
                Command = [AwsRelayConfiguration.Start],
                Environment = new Dictionary<string, Output<string>>
                {
                    [AwsRelayConfiguration.Variable] = AwsRelayConfiguration.Of([.. ways.Select(way => way.Port)]),
                },
                Secrets = certificate is null
                    ? new Dictionary<string, Output<string>>()
                    : new() { [AwsRelayConfiguration.Certificate] = certificate.Value(AwsRelayConfiguration.Certificate) },
                Ports = [.. ways.Select(way => way.Port.Number)],
                StopSeconds = 60,
            },
            _context,
            _tags,
            _child());
        var arguments = new Ecs.ServiceArgs
        {
            Cluster = _runtime.Cluster.Arn,
            TaskDefinition = definition.Arn,
            DesiredCount = _context.Blueprint.Profile.HighAvailability ? 2 : 1,
            CapacityProviderStrategies = [new EcsInputs.ServiceCapacityProviderStrategyArgs { CapacityProvider = "FARGATE", Weight = 1 }],
            ForceNewDeployment = true,
            DeploymentCircuitBreaker = new EcsInputs.ServiceDeploymentCircuitBreakerArgs { Enable = true, Rollback = true },
            DeploymentMinimumHealthyPercent = 100,
            DeploymentMaximumPercent = 200,
            AvailabilityZoneRebalancing = _zones > 1 ? "ENABLED" : "DISABLED",
            EnableEcsManagedTags = true,
            PropagateTags = "SERVICE",
            WaitForSteadyState = true,
            HealthCheckGracePeriodSeconds = 60,
            NetworkConfiguration = new EcsInputs.ServiceNetworkConfigurationArgs
            {
                // The zones of the entry: a Network Load Balancer sends nothing to zones that it does not stand in.
                Subnets = _network.PrivateSubnets.Take(_zones).ToList(),
                SecurityGroups = [Group.Id],
                AssignPublicIp = false,
            },
            Tags = _tags.AsInput(),
        };
        foreach (var (port, way) in ways)
            arguments.LoadBalancers.Add(new EcsInputs.ServiceLoadBalancerArgs { TargetGroupArn = way.Group.Arn, ContainerName = name, ContainerPort = port.Number });
        if (certificate is not null) arguments.Triggers.Add("certificate", certificate.Version.VersionId);
        return new Ecs.Service(
            name,
            arguments,
            _child(dependsOn: [_runtime.Capacity, policy, .. _network.Ready, .. _rules, .. ways.Select(way => way.Way.Listener)]));
    }

    private Rules.SecurityGroupIngressRule Ingress(string name, Ec2.SecurityGroup to, Ec2.SecurityGroup from, int first, int last, string description) =>
        AwsGroupRules.In(name, to.Id, from.Id, first, last, description, _tags.AsInput(), _child());
}

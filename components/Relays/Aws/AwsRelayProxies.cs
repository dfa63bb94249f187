using System.Text.Json.Nodes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Identities.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Placements;
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
/// The relay's middle: HAProxy on Fargate, with a service for every target, which no other target's coming or going moves. It may open
/// connections to the relay's targets, and fetch its image, its certificate and nothing else; it has no role of its own, because it calls
/// no service of AWS.
/// </summary>
internal sealed class AwsRelayProxies
{
    private const string Configuration = "CONFIGURATION";
    private const string Certificate = "CERTIFICATE";
    private const string CertificateFile = "/tmp/certificate.pem";

    // The configuration comes from the environment, so that the official image serves as it is. The key is in no environment but the
    // shell's.
    private const string Start = $"""
        umask 077
        printf '%s\n' "${Configuration}" > /tmp/haproxy.cfg
        if [ -n "${Certificate}" ]; then printf '%s\n' "${Certificate}" > {CertificateFile}; fi
        unset {Certificate} {Configuration}
        exec haproxy -W -db -f /tmp/haproxy.cfg
        """;

    private readonly string _name;
    private readonly AwsPrivateNetwork _network;
    private readonly int _zones;
    private readonly AwsRuntime _runtime;
    private readonly AwsSecret? _certificate;
    private readonly AwsContext _context;
    private readonly IReadOnlyDictionary<string, string> _tags;
    private readonly ChildOptions _child;
    private readonly Rules.SecurityGroupEgressRule _wayOut;
    private readonly List<Resource> _waysIn = [];
    private readonly CloudWatch.LogGroup _logs;
    private readonly Iam.Role _role;
    private readonly Iam.RolePolicy _policy;

    /// <summary>Builds what all proxies share.</summary>
    /// <param name="name">The relay's name.</param>
    /// <param name="network">The network.</param>
    /// <param name="zones">In how many of the network's zones they run, the first ones.</param>
    /// <param name="runtime">The cluster.</param>
    /// <param name="certificate">The relay's certificate; null where every target encrypts by itself.</param>
    /// <param name="context">The stack.</param>
    /// <param name="tags">The tags of their resources.</param>
    /// <param name="child">Makes the options of a child.</param>
    public AwsRelayProxies(
        string name,
        AwsPrivateNetwork network,
        int zones,
        AwsRuntime runtime,
        AwsSecret? certificate,
        AwsContext context,
        IReadOnlyDictionary<string, string> tags,
        ChildOptions child)
    {
        (_name, _network, _zones, _runtime, _certificate, _context, _tags, _child) =
            (name, network, zones, runtime, certificate, context, tags, child);
        Group = new Ec2.SecurityGroup(
            name,
            new() { VpcId = network.NetworkId, Description = "Proxies of consumers on other clouds", Tags = tags.Named(name) },
            child());
        _wayOut = new Rules.SecurityGroupEgressRule(
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
            child());
        _logs = new CloudWatch.LogGroup(
            name,
            new() { NamePrefix = context.LogPrefix(name), RetentionInDays = context.LogDays, Tags = tags.AsInput() },
            child());
        _role = AwsServiceIdentity.TaskRole($"{name}-execution", "Starts the relay", isJob: false, tags, context, child());
        var starting = AwsContainer.Starting(_logs, certificate is null ? [] : [certificate.Secret.Arn]);
        _policy = new Iam.RolePolicy(
            $"{name}-execution",
            new() { Role = _role.Name, Policy = Statement.Document(starting) },
            child());
    }

    /// <summary>Their security group.</summary>
    public Ec2.SecurityGroup Group { get; }

    /// <summary>The lowest and the highest of some ports: AWS counts rules, whatever they span.</summary>
    public static (int Lowest, int Highest) SpanOf(IReadOnlyList<RelayPort> ports) =>
        (ports.Min(port => port.Number), ports.Max(port => port.Number));

    /// <summary>Keeps the relay's certificate and key as a secret.</summary>
    /// <param name="name">The relay's name.</param>
    /// <param name="certificate">The certificate and its key.</param>
    /// <param name="tags">The tags of its resources.</param>
    /// <param name="context">The stack.</param>
    /// <param name="child">Makes the options of a child.</param>
    public static AwsSecret Keep(
        string name,
        ServerCertificate certificate,
        IReadOnlyDictionary<string, string> tags,
        AwsContext context,
        ChildOptions child) => AwsSecret.Create(
            $"{name}-certificate",
            "Certificate and key of the relay",
            certificate.Bundle.Apply(pem => AwsJson.Text(new JsonObject { [Certificate] = pem })),
            tags,
            context,
            child);

    /// <summary>Lets the proxies be reached from the entry.</summary>
    /// <param name="ports">The ports.</param>
    /// <param name="entry">The entry's security group.</param>
    public void Admit(IReadOnlyList<RelayPort> ports, Ec2.SecurityGroup entry)
    {
        var (lowest, highest) = SpanOf(ports);
        Admit("forward", lowest, highest, "From the entry");
        Admit("health", RelayPorts.Health, RelayPorts.Health, "Health checks");

        void Admit(string role, int first, int last, string description) =>
            _waysIn.Add(AwsGroupRules.In($"{_name}-{role}", Group.Id, entry.Id, first, last, description, _tags.AsInput(), _child()));
    }

    /// <summary>Lets the proxies reach a target.</summary>
    /// <param name="port">The port.</param>
    /// <param name="target">What the target is called in the names of what lets them through.</param>
    /// <returns>What lets them out, and in at the target.</returns>
    public IReadOnlyList<Resource> Reach(RelayPort<AwsGrantee> port, string target)
    {
        var proxies = new AwsGrantee("the relay", Group, _context, _tags, _child) { IsConfined = true };
        port.Built.Admit(proxies, $"{_name}-{target}-access");
        return [_wayOut, .. proxies.Grants];
    }

    /// <summary>Runs those of a target.</summary>
    /// <param name="port">The port.</param>
    /// <param name="way">The way to them.</param>
    /// <param name="access">What lets them out, and in at the target.</param>
    public Ecs.Service Run(RelayPort port, AwsRelayWay way, IReadOnlyList<Resource> access)
    {
        var name = $"{_name}-{port.Name}";
        var certificate = port.Endpoint.SpeaksTls ? null : _certificate;
        var secrets = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal);
        if (certificate is not null) secrets.Add(Certificate, certificate.Value(Certificate));
        var definition = AwsTask.Create(
            name,
            new()
            {
                Container = name,
                // Names of components hold no underscore: no service has this family.
                Family = $"{_context.Stack}_relay_{port.Name}",
                Image = Output.Create(PinnedImage.HaProxy.OnAmazon),
                Size = FargateSize.Smallest,
                ExecutionRole = _role,
                Logs = _logs,
                EntryPoint = ["sh", "-e", "-c"],
                Command = [Start],
                Environment = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal)
                {
                    [Configuration] = new ProxyConfiguration { Ports = [port], Certificate = CertificateFile }.Text(),
                },
                Secrets = secrets,
                Ports = [(port.Number, "tcp")],
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
            DeploymentController = new EcsInputs.ServiceDeploymentControllerArgs { Type = "ECS" },
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
            LoadBalancers =
            [
                new EcsInputs.ServiceLoadBalancerArgs { TargetGroupArn = way.Group.Arn, ContainerName = name, ContainerPort = port.Number },
            ],
            Tags = _tags.AsInput(),
        };
        if (certificate is not null) arguments.Triggers.Add("certificate", certificate.Version.VersionId);
        return new Ecs.Service(
            name,
            arguments,
            _child(dependsOn: [_runtime.Capacity, _policy, .. _network.Ready, .. access, .. _waysIn, way.Listener]));
    }
}

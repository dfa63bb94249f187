using System.Globalization;
using Infra.Components.Certificates.Aws;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Identities.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Services;
using Infra.Components.Systems;
using Pulumi;
using Ec2 = Pulumi.Aws.Ec2;
using LB = Pulumi.Aws.LB;
using LBInputs = Pulumi.Aws.LB.Inputs;
using Rules = Pulumi.Aws.Vpc;

namespace Infra.Components.LoadBalancers.Aws;

/// <summary>An Application Load Balancer in the public subnets, and its way to every service that it routes to.</summary>
internal sealed class AwsLoadBalancer : PlacedComponent, ILoadBalancer
{
    // What a name of 32 characters leaves beside Pulumi's digits (Elastic Load Balancing API: CreateLoadBalancer).
    private const int LongestName = 24;

    // What answers 0, OK, when a gRPC server is well (gRPC health checking protocol).
    private const string GrpcHealth = "/grpc.health.v1.Health/Check";

    private const string NotFoundCode = "404";
    private const string NotFoundType = "text/plain";
    private const string NotFound = "Not found";

    private readonly Ec2.SecurityGroup _group;
    private readonly LB.LoadBalancer _balancer;

    /// <summary>Builds the load balancer.</summary>
    public AwsLoadBalancer(
        LoadBalancer loadBalancer,
        AwsPrivateNetwork network,
        AwsCertificate certificate,
        Func<ContainerService, AwsServiceIdentity> identityOf,
        AwsContext context)
        : base(context.Place(loadBalancer))
    {
        var args = loadBalancer.Args;
        var tweak = args.Tweak<AwsLoadBalancerTweak>() ?? new();
        _group = new Ec2.SecurityGroup(
            Name,
            new() { VpcId = network.NetworkId, Description = $"Load balancer {Name}", Tags = Tags.Named(Name) },
            Child());
        Admit("http", 80);
        Admit("https", 443);

        var arguments = new LB.LoadBalancerArgs
        {
            LoadBalancerType = "application",
            Internal = false,
            Subnets = network.PublicSubnets,
            SecurityGroups = [_group.Id],
            DropInvalidHeaderFields = true,
            EnableDeletionProtection = context.Protect,
            IdleTimeout = args.IdleTimeoutSeconds,
            Tags = Tags.AsInput(),
        };
        var before = new List<Resource> { network.PublicRoute };
        if (AwsLoadBalancerTweak.DaysOf(args, context) > 0)
        {
            var logs = network.Logs!;
            before.Add(logs.Policy);
            arguments.AccessLogs = new LBInputs.LoadBalancerAccessLogsArgs
            {
                Bucket = logs.Name,
                Prefix = AwsLogBucket.PrefixOf(Name),
                Enabled = true,
            };
        }

        _balancer = new LB.LoadBalancer(
            ShortName.Of(Name, LongestName),
            arguments,
            Child(protect: context.Protect, dependsOn: before));

        _ = new LB.Listener(
            $"{Name}-http",
            new()
            {
                LoadBalancerArn = _balancer.Arn,
                Port = 80,
                Protocol = "HTTP",
                DefaultActions =
                [
                    new LBInputs.ListenerDefaultActionArgs
                    {
                        Type = "redirect",
                        Redirect = new LBInputs.ListenerDefaultActionRedirectArgs
                        {
                            Protocol = "HTTPS",
                            Port = "443",
                            StatusCode = "HTTP_301",
                        },
                    },
                ],
                Tags = Tags.AsInput(),
            },
            Child());
        var https = new LB.Listener(
            $"{Name}-https",
            new()
            {
                LoadBalancerArn = _balancer.Arn,
                Port = 443,
                Protocol = "HTTPS",
                SslPolicy = tweak.TlsPolicy,
                CertificateArn = certificate.Reference,
                DefaultActions =
                [
                    new LBInputs.ListenerDefaultActionArgs
                    {
                        Type = "fixed-response",
                        FixedResponse = new LBInputs.ListenerDefaultActionFixedResponseArgs
                        {
                            StatusCode = NotFoundCode,
                            ContentType = NotFoundType,
                            MessageBody = NotFound,
                        },
                    },
                ],
                Tags = Tags.AsInput(),
            },
            Child());

        var partial = args.PartialHosts.ToList();
        var priorities = RulePriorities.Of(
        [
            .. args.FullRoutes.Select(route => (route.Host, route.Path)),
            .. args.FullRedirects.Select(redirect => redirect.Host).Concat(partial).Select(host => (host, "/")),
        ]);
        Routes = args.RoutesBySpecificity
            .GroupBy(route => route.Service)
            .ToDictionary(group => group.Key, group => Lead(group.Key, [.. group], priorities, https, network, identityOf(group.Key)));
        foreach (var (host, target) in args.FullRedirects)
        {
            _ = Rule(host, "/", priorities, https, new()
            {
                Type = "redirect",

                // Path and query are kept where nothing is said of them.
                Redirect = new LBInputs.ListenerRuleActionRedirectArgs
                {
                    Host = target,
                    Protocol = "HTTPS",
                    Port = "443",
                    StatusCode = "HTTP_301",
                },
            });
        }

        // Rules are tried one by one here: without one of its own, what no path takes would go on to a wildcard.
        foreach (var host in partial)
        {
            _ = Rule(host, "/", priorities, https, new()
            {
                Type = "fixed-response",
                FixedResponse = new LBInputs.ListenerRuleActionFixedResponseArgs
                {
                    StatusCode = NotFoundCode,
                    ContentType = NotFoundType,
                    MessageBody = NotFound,
                },
            });
        }

        Address = _balancer.DnsName;
        HostedZoneId = _balancer.ZoneId;
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Address { get; private set; }

    /// <inheritdoc/>
    public AddressKind AddressKind => AddressKind.HostName;

    /// <summary>The zone in which AWS keeps its name, for alias records.</summary>
    public Output<string> HostedZoneId { get; }

    /// <summary>The ways to services.</summary>
    public IReadOnlyDictionary<ContainerService, AwsRoute> Routes { get; }

    private void Admit(string role, int port) => _ = new Rules.SecurityGroupIngressRule(
        $"{Name}-{role}",
        new()
        {
            SecurityGroupId = _group.Id,
            CidrIpv4 = "0.0.0.0/0",
            IpProtocol = "tcp",
            FromPort = port,
            ToPort = port,
            Description = "Everyone",
            Tags = Tags.AsInput(),
        },
        Child());

    private AwsRoute Lead(
        ContainerService service,
        IReadOnlyList<Route> routes,
        IReadOnlyDictionary<(string Host, string Path), int> priorities,
        LB.Listener listener,
        AwsPrivateNetwork network,
        AwsServiceIdentity identity)
    {
        var port = service.Args.Port!.Value;
        var health = service.Args.HealthCheck;
        var role = $"{Name}-{service.Name}";
        var speaksGrpc = health.Protocol == HealthProtocol.Grpc;
        _ = AwsGroupRules.Out(
            AwsGroupRules.NameOf(role, port),
            _group.Id,
            identity.Group.Id,
            port,
            port,
            $"To {service.Name}",
            Tags.AsInput(),
            AwsGroupRules.Renamed(role, Child()));
        _ = AwsGroupRules.In(
            AwsGroupRules.NameOf(role, port),
            identity.Group.Id,
            _group.Id,
            port,
            port,
            $"From load balancer {Name}",
            Tags.AsInput(),
            AwsGroupRules.Renamed(role, Child()));

        // A prefix, not a name: Pulumi's own would not fit into 32 characters. Replicas join with their own ports, old and new ones side by
        // side while one replaces the other: another port needs no other group, which would have nobody in it at first.
        var arguments = new LB.TargetGroupArgs
        {
            NamePrefix = service.Name[..Math.Min(5, service.Name.Length)].TrimEnd('-') + "-",
            TargetType = "ip",
            Protocol = "HTTP",
            Port = port,
            VpcId = network.NetworkId,
            DeregistrationDelay = 30,
            HealthCheck = new LBInputs.TargetGroupHealthCheckArgs
            {
                Path = speaksGrpc ? GrpcHealth : health.Path,
                Protocol = "HTTP",
                Port = "traffic-port",
                Matcher = speaksGrpc ? "0" : health is { Protocol: HealthProtocol.Http, Command.Count: 0 } ? "200-399" : "200-499",
                Interval = health.IntervalSeconds,
                Timeout = health.TimeoutSeconds,
                HealthyThreshold = 2,
                UnhealthyThreshold = 3,
            },
            Tags = Tags.Named(role),
        };
        if (speaksGrpc) arguments.ProtocolVersion = "GRPC";
        var group = new LB.TargetGroup(role, arguments, Child(ignoreChanges: ["port"]));
        return new(group, [.. routes.Select(route => Rule(
            route.Host,
            route.Path,
            priorities,
            listener,
            new() { Type = "forward", TargetGroupArn = group.Arn }))]);
    }

    private LB.ListenerRule Rule(
        string host,
        string path,
        IReadOnlyDictionary<(string Host, string Path), int> priorities,
        LB.Listener listener,
        LBInputs.ListenerRuleActionArgs action)
    {
        var conditions = new List<LBInputs.ListenerRuleConditionArgs>
        {
            new() { HostHeader = new LBInputs.ListenerRuleConditionHostHeaderArgs { Values = [host] } },
        };
        if (path != "/")
        {
            conditions.Add(new()
            {
                PathPattern = new LBInputs.ListenerRuleConditionPathPatternArgs { Values = [path, $"{path}/*"] },
            });
        }

        return new LB.ListenerRule(
            string.Create(CultureInfo.InvariantCulture, $"{Name}-{host}{path.TrimEnd('/').Replace('/', '-')}"),
            new()
            {
                ListenerArn = listener.Arn,
                Priority = priorities[(host, path)],
                Conditions = conditions,
                Actions = [action],
                Tags = Tags.AsInput(),
            },
            Child());
    }
}

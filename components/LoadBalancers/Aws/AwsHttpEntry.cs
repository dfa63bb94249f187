using System.Globalization;
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

namespace Infra.Components.LoadBalancers.Aws;

/// <summary>Where HTTP enters: an Application Load Balancer in the public subnets, and its way to each service that it routes to.</summary>
internal sealed class AwsHttpEntry
{
    // What answers 0, OK, when a gRPC server is well (gRPC health checking protocol).
    private const string GrpcHealth = "/grpc.health.v1.Health/Check";

    // A day: a browser's session seldom lasts longer.
    private const int CookieSeconds = 86400;

    private const string NotFoundCode = "404";
    private const string NotFoundType = "text/plain";
    private const string NotFound = "Not found";

    private readonly string _name;
    private readonly IReadOnlyDictionary<string, string> _tags;
    private readonly ChildOptions _child;

    /// <summary>Builds it.</summary>
    /// <param name="args">The arguments of the load balancer.</param>
    /// <param name="site">Where it stands.</param>
    public AwsHttpEntry(LoadBalancerArgs args, AwsLoadBalancerSite site)
    {
        (_name, _tags, _child) = (site.Name, site.Tags, site.Child);
        var (network, context) = (site.Network, site.Context);
        Group = new Ec2.SecurityGroup(
            _name,
            new() { VpcId = network.NetworkId, Description = $"Load balancer {_name}", Tags = _tags.Named(_name) },
            _child());
        site.Admit($"{_name}-http", Group, "tcp", 80);
        if (args.HasName) site.Admit($"{_name}-https", Group, "tcp", 443);

        var arguments = new LB.LoadBalancerArgs
        {
            LoadBalancerType = "application",
            Internal = false,
            Subnets = network.PublicSubnets,
            SecurityGroups = [Group.Id],
            DropInvalidHeaderFields = true,
            EnableDeletionProtection = site.IsProtected,
            IdleTimeout = args.IdleTimeoutSeconds,
            Tags = _tags.AsInput(),
        };
        var before = new List<Resource> { network.PublicRoute };
        if (AwsLoadBalancerTweak.DaysOf(args, context) > 0)
        {
            var logs = network.Logs!;
            before.Add(logs.Policy);
            arguments.AccessLogs = new LBInputs.LoadBalancerAccessLogsArgs
            {
                Bucket = logs.Name,
                Prefix = AwsLogBucket.PrefixOf(_name),
                Enabled = true,
            };
        }

        Balancer = new LB.LoadBalancer(
            ShortName.Of(_name, AwsLoadBalancerSite.LongestName),
            arguments,
            _child(protect: context.Protect, dependsOn: before));

        Http = new LB.Listener(
            $"{_name}-http",
            new()
            {
                LoadBalancerArn = Balancer.Arn,
                Port = 80,
                Protocol = "HTTP",
                DefaultActions = [args.HasName ? ToHttps() : Answer()],
                Tags = _tags.AsInput(),
            },
            _child());
        if (args.HasName)
        {
            Https = new LB.Listener(
                $"{_name}-https",
                new()
                {
                    LoadBalancerArn = Balancer.Arn,
                    Port = 443,
                    Protocol = "HTTPS",
                    SslPolicy = site.TlsPolicy,
                    CertificateArn = site.Certificates[0].Certificate.Reference,
                    DefaultActions = [Answer()],
                    Tags = _tags.AsInput(),
                },
                _child());
            site.Certify($"{_name}-https", Https);
        }

        var partial = args.PartialHosts.ToList();
        var priorities = RulePriorities.Of(
        [
            .. args.FullRoutes.Select(route => (route.Host, route.Path, RulesOf(route, args.HasName))),
            .. args.FullRedirects.Select(redirect => redirect.Host).Concat(partial).Select(host => (host, "/", 1)),
        ]);
        Routes = args.RoutesBySpecificity
            .GroupBy(route => route.Service)
            .Select(group => Lead(group.Key, [.. group], priorities, network, site.IdentityOf(group.Key)))
            .ToList();
        foreach (var (host, target) in args.FullRedirects)
        {
            _ = Rule(host, "/", priorities[(host, "/")][0], new()
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
            _ = Rule(host, "/", priorities[(host, "/")][0], Refusal(NotFoundCode, NotFound));
        }
    }

    /// <summary>The load balancer.</summary>
    public LB.LoadBalancer Balancer { get; }

    /// <summary>Its security group, which admits clients.</summary>
    public Ec2.SecurityGroup Group { get; }

    /// <summary>The listener of plain HTTP, which redirects but where there is no HTTPS.</summary>
    public LB.Listener Http { get; }

    /// <summary>The listener of HTTPS; null in a stack without a domain.</summary>
    public LB.Listener? Https { get; }

    /// <summary>The ways to services.</summary>
    public IReadOnlyList<AwsRoute> Routes { get; }

    private static LBInputs.ListenerDefaultActionArgs ToHttps() => new()
    {
        Type = "redirect",
        Redirect = new LBInputs.ListenerDefaultActionRedirectArgs { Protocol = "HTTPS", Port = "443", StatusCode = "HTTP_301" },
    };

    private static LBInputs.ListenerDefaultActionArgs Answer() => new()
    {
        Type = "fixed-response",
        FixedResponse = new LBInputs.ListenerDefaultActionFixedResponseArgs
        {
            StatusCode = NotFoundCode,
            ContentType = NotFoundType,
            MessageBody = NotFound,
        },
    };

    private AwsRoute Lead(
        ContainerService service,
        IReadOnlyList<Route> routes,
        IReadOnlyDictionary<(string Host, string Path), IReadOnlyList<int>> priorities,
        AwsPrivateNetwork network,
        AwsServiceIdentity identity)
    {
        var port = service.Args.Port!.Value;
        var health = service.Args.HealthCheck;
        var role = $"{_name}-{service.Name}";
        var spoken = service.Args.Spoken;
        // It asks by HTTP, which what is asked by TCP may not speak on another port.
        var asked = health.Protocol == HealthProtocol.Tcp ? port : service.Args.CheckedPort ?? port;
        Through(AwsGroupRules.NameOf(role, port), port, AwsGroupRules.Renamed(role, _child()), AwsGroupRules.Renamed(role, _child()));
        if (asked != port) Through($"{role}-health", asked, _child(), _child());

        // A prefix, not a name: Pulumi's own would not fit into 32 characters. Replicas join with their own ports, old and new ones side by
        // side while one replaces the other: another port needs no other group, which would have nobody in it at first.
        var arguments = new LB.TargetGroupArgs
        {
            NamePrefix = service.Name[..Math.Min(5, service.Name.Length)].TrimEnd('-') + "-",
            TargetType = "ip",
            Protocol = "HTTP",
            Port = port,
            VpcId = network.NetworkId,
            // Requests that a replica still answers are part of its work.
            DeregistrationDelay = service.Args.StopSeconds,
            Stickiness = new LBInputs.TargetGroupStickinessArgs
            {
                Enabled = service.Args.StickySessions,
                Type = "lb_cookie",
                CookieDuration = CookieSeconds,
            },
            HealthCheck = new LBInputs.TargetGroupHealthCheckArgs
            {
                Path = spoken == ServiceProtocol.Grpc ? GrpcHealth : health.Path,
                Protocol = "HTTP",
                Port = asked == port ? "traffic-port" : asked.ToString(CultureInfo.InvariantCulture),
                Matcher = (spoken, health) switch
                {
                    (ServiceProtocol.Grpc, { Protocol: HealthProtocol.Grpc }) => "0",
                    (ServiceProtocol.Grpc, _) => "0-99",
                    (_, { Protocol: HealthProtocol.Http, Command.Count: 0 }) => "200-399",
                    _ => "200-499",
                },
                Interval = health.IntervalSeconds,
                Timeout = health.TimeoutSeconds,
                HealthyThreshold = 2,
                UnhealthyThreshold = 3,
            },
            Tags = _tags.Named(role),
        };
        if (spoken != ServiceProtocol.Http) arguments.ProtocolVersion = spoken.ToString().ToUpperInvariant();
        var group = new LB.TargetGroup(role, arguments, _child(ignoreChanges: ["port"]));
        return new(service, port, group, IsHttp: true, [.. routes.SelectMany(Forward)]);

        IEnumerable<Resource> Forward(Route route)
        {
            var numbers = priorities[(route.Host, route.Path)];
            var blocks = route.AllowedSources.Chunk(SourcesPerRule(route.Path, Https is not null)).ToList();
            yield return Rule(route.Host, route.Path, numbers[0], ToService(), blocks.FirstOrDefault());
            for (var index = 1; index < blocks.Count; index++)
            {
                var role = string.Create(CultureInfo.InvariantCulture, $"@sources-{index + 1}");
                yield return Rule(route.Host, route.Path, numbers[index], ToService(), blocks[index], role);
            }

            // Without it, who comes from elsewhere would go on to whatever is less specific.
            if (blocks.Count > 0) yield return Rule(route.Host, route.Path, numbers[^1], Refusal("403", "Forbidden"), role: "@elsewhere");
        }

        LBInputs.ListenerRuleActionArgs ToService() => new() { Type = "forward", TargetGroupArn = group.Arn };

        void Through(string way, int to, CustomResourceOptions leaving, CustomResourceOptions entering)
        {
            _ = AwsGroupRules.Out(way, Group.Id, identity.Group.Id, to, to, $"To {service.Name}", _tags.AsInput(), leaving);
            _ = AwsGroupRules.In(way, identity.Group.Id, Group.Id, to, to, $"From load balancer {_name}", _tags.AsInput(), entering);
        }
    }

    /// <summary>How many rules a route takes: one, or one for so many of its blocks and one that turns others away.</summary>
    public static int RulesOf(Route route, bool hasName) => route.AllowedSources.Count == 0
        ? 1
        : 1 + (int)Math.Ceiling(route.AllowedSources.Count / (double)SourcesPerRule(route.Path, hasName));

    // Three values in a condition, and five in a rule with those of host and path (Elastic Load Balancing: condition types).
    private static int SourcesPerRule(string path, bool hasName) => hasName && path != "/" ? 2 : 3;

    private static LBInputs.ListenerRuleActionArgs Refusal(string code, string body) => new()
    {
        Type = "fixed-response",
        FixedResponse = new LBInputs.ListenerRuleActionFixedResponseArgs
        {
            StatusCode = code,
            ContentType = NotFoundType,
            MessageBody = body,
        },
    };

    private LB.ListenerRule Rule(
        string host,
        string path,
        int priority,
        LBInputs.ListenerRuleActionArgs action,
        IReadOnlyList<string>? sources = null,
        string role = "")
    {
        // A host must have a dot (Elastic Load Balancing: listener rules), and a rule a condition.
        var conditions = new List<LBInputs.ListenerRuleConditionArgs>();
        if (Https is not null) conditions.Add(new() { HostHeader = new LBInputs.ListenerRuleConditionHostHeaderArgs { Values = [host] } });
        if (path != "/" || Https is null)
        {
            conditions.Add(new()
            {
                PathPattern = new LBInputs.ListenerRuleConditionPathPatternArgs
                {
                    Values = path == "/" ? ["/*"] : [path, $"{path}/*"],
                },
            });
        }

        if (sources is not null)
        {
            conditions.Add(new()
            {
                SourceIp = new LBInputs.ListenerRuleConditionSourceIpArgs { Values = sources.ToList() },
            });
        }

        return new LB.ListenerRule(
            string.Create(CultureInfo.InvariantCulture, $"{_name}-{host}{path.TrimEnd('/').Replace('/', '-')}{role}"),
            new()
            {
                ListenerArn = (Https ?? Http).Arn,
                Priority = priority,
                Conditions = conditions,
                Actions = [action],
                Tags = _tags.AsInput(),
            },
            _child());
    }
}

using System.Globalization;
using Infra.Components.Clouds.Aws;
using Infra.Components.Services;
using Infra.Components.Systems;
using Pulumi;
using Ec2 = Pulumi.Aws.Ec2;
using LB = Pulumi.Aws.LB;
using LBInputs = Pulumi.Aws.LB.Inputs;

namespace Infra.Components.LoadBalancers.Aws;

/// <summary>
/// Where other ports than those of HTTP are open: a Network Load Balancer, whose clients keep their addresses all the way to the service.
/// What it takes at the ports of HTTP it passes on, as it is, to the Application Load Balancer behind it.
/// </summary>
internal sealed class AwsPortEntry
{
    /// <summary>The fewest seconds after which it may close an idle connection (AWS documentation: Network Load Balancers).</summary>
    public const int ShortestIdleSeconds = 60;

    private readonly AwsLoadBalancerSite _site;
    private readonly string _name;
    private readonly int _idleSeconds;
    private readonly Ec2.SecurityGroup _group;

    /// <summary>Builds it.</summary>
    /// <param name="args">The arguments of the load balancer.</param>
    /// <param name="http">Where HTTP goes; null where nothing speaks it.</param>
    /// <param name="site">Where it stands.</param>
    public AwsPortEntry(LoadBalancerArgs args, AwsHttpEntry? http, AwsLoadBalancerSite site)
    {
        (_site, _name) = (site, $"{site.Name}-ports");
        _idleSeconds = Math.Max(ShortestIdleSeconds, args.IdleTimeoutSeconds);

        // A load balancer that is made without one never gets one.
        _group = new Ec2.SecurityGroup(
            _name,
            new()
            {
                VpcId = site.Network.NetworkId,
                Description = $"Ports of load balancer {site.Name}",
                Tags = site.Tags.Named(_name),
            },
            site.Child());
        Balancer = new LB.LoadBalancer(
            ShortName.Of(_name, AwsLoadBalancerSite.LongestName),
            new()
            {
                LoadBalancerType = "network",
                Internal = false,
                Subnets = site.Network.PublicSubnets,
                SecurityGroups = [_group.Id],

                // A zone in which no replica runs leads to the others'.
                EnableCrossZoneLoadBalancing = true,
                EnableDeletionProtection = site.IsProtected,
                Tags = site.Tags.AsInput(),
            },
            site.Child(protect: site.Context.Protect, dependsOn: [site.Network.PublicRoute]));
        if (http is not null)
        {
            PassOn(http, http.Http, 80);
            if (http.Https is { } https) PassOn(http, https, 443);
        }

        Routes = args.Listeners
            .OrderBy(listener => listener.Port)
            .ThenBy(listener => listener.Transport, StringComparer.Ordinal)
            .GroupBy(listener => (listener.Service, listener.Target, listener.Transport))
            .Select(listeners => Lead(listeners.Key.Service, [.. listeners]))
            .ToList();
    }

    /// <summary>The load balancer.</summary>
    public LB.LoadBalancer Balancer { get; }

    /// <summary>The ways to services.</summary>
    public IReadOnlyList<AwsRoute> Routes { get; }

    // A load balancer joins the group of another only once it listens itself, and is asked at the port that answers everyone.
    private void PassOn(AwsHttpEntry http, LB.Listener to, int port)
    {
        var role = string.Create(CultureInfo.InvariantCulture, $"{_name}-{port}");
        _site.Admit(role, _group, "tcp", port);
        _ = AwsGroupRules.Out(role, _group.Id, http.Group.Id, port, port, "HTTP", _site.Tags.AsInput(), _site.Child());

        // It asks from addresses of its own, which are none of the allowed sources.
        _ = AwsGroupRules.In(
            $"{role}-on", http.Group.Id, _group.Id, port, port, $"From {_name}", _site.Tags.AsInput(), _site.Child());
        var health = new LBInputs.TargetGroupHealthCheckArgs
        {
            Protocol = "HTTP",
            Port = "80",
            Path = "/",
            Interval = 10,
            HealthyThreshold = 2,
            UnhealthyThreshold = 2,
        };

        // Without a domain it is the application that answers, which need not have anything at this path.
        if (http.Https is null) health.Matcher = "200-499";
        var group = new LB.TargetGroup(
            role,
            new()
            {
                NamePrefix = PrefixOf(_site.Name),
                TargetType = "alb",
                Protocol = "TCP",
                Port = port,
                VpcId = _site.Network.NetworkId,
                HealthCheck = health,
                Tags = _site.Tags.Named(role),
            },
            _site.Child());
        var attachment = new LB.TargetGroupAttachment(
            role,
            new() { TargetGroupArn = group.Arn, TargetId = http.Balancer.Arn, Port = port },
            _site.Child(dependsOn: [to]));
        Listen(role, group, port, "TCP", attachment);
    }

    private AwsRoute Lead(ContainerService service, IReadOnlyList<Listener> listeners)
    {
        var (port, transport) = (listeners[0].Target, listeners[0].Transport);
        var asked = AskedAt(listeners[0]);
        var role = string.Create(CultureInfo.InvariantCulture, $"{_site.Name}-{service.Name}-{transport}-{port}");
        var to = _site.IdentityOf(service).Group;
        Through(role, transport, port);
        if (asked is { } other) Through($"{role}-health", "tcp", other);

        var health = service.Args.HealthCheck;
        var arguments = new LB.TargetGroupArgs
        {
            NamePrefix = PrefixOf(service.Name),
            TargetType = "ip",
            Protocol = transport.ToUpperInvariant(),
            Port = port,
            VpcId = _site.Network.NetworkId,
            DeregistrationDelay = 30,
            HealthCheck = new LBInputs.TargetGroupHealthCheckArgs
            {
                Protocol = "TCP",
                Port = asked?.ToString(CultureInfo.InvariantCulture) ?? "traffic-port",
                Interval = health.IntervalSeconds,
                Timeout = health.TimeoutSeconds,
                HealthyThreshold = 2,
                UnhealthyThreshold = 3,
            },
            Tags = _site.Tags.Named(role),
        };

        // Of UDP they are kept anyway.
        if (transport == "tcp") arguments.PreserveClientIp = "true";
        var group = new LB.TargetGroup(role, arguments, _site.Child());
        return new(service, port, group, IsHttp: false, [.. listeners.Select(Enter)], transport);

        void Through(string name, string protocol, int number)
        {
            _ = AwsGroupRules.Out(
                name, _group.Id, to.Id, number, number, $"To {service.Name}", _site.Tags.AsInput(), _site.Child(), protocol);
            _ = AwsGroupRules.In(
                name, to.Id, _group.Id, number, number, $"From load balancer {_site.Name}", _site.Tags.AsInput(), _site.Child(), protocol);
        }

        Resource Enter(Listener listener)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{_name}-{listener.Transport}-{listener.Port}");
            _site.Admit(name, _group, listener.Transport, listener.Port);
            return Listen(name, group, listener.Port, listener.Protocol.ToString().ToUpperInvariant());
        }
    }

    /// <summary>
    /// The port at which a service that a listener leads to is asked whether it is well, where that is another: nobody answers UDP.
    /// </summary>
    public static int? AskedAt(Listener listener) => listener.IsUdp ? listener.Service.Args.CheckedPort : null;

    // A whole name, and Pulumi's digits, would not fit into 32 characters.
    private static string PrefixOf(string name) => name[..Math.Min(5, name.Length)].TrimEnd('-') + "-";

    private LB.Listener Listen(string name, LB.TargetGroup group, int port, string protocol, Resource? after = null)
    {
        var arguments = new LB.ListenerArgs
        {
            LoadBalancerArn = Balancer.Arn,
            Port = port,
            Protocol = protocol,
            DefaultActions = [new LBInputs.ListenerDefaultActionArgs { Type = "forward", TargetGroupArn = group.Arn }],
            Tags = _site.Tags.AsInput(),
        };

        // Of TLS and UDP the time is AWS's own.
        if (protocol == "TCP") arguments.TcpIdleTimeoutSeconds = _idleSeconds;
        if (protocol == "TLS")
        {
            arguments.SslPolicy = _site.TlsPolicy;
            arguments.CertificateArn = _site.Certificates[0].Certificate.Reference;
        }

        var listener = new LB.Listener(name, arguments, _site.Child(dependsOn: after is null ? null : [after]));
        if (protocol == "TLS") _site.Certify(name, listener);
        return listener;
    }
}

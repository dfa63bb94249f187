using Infra.Components.Certificates.Gcp;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Dns;
using Infra.Components.Networks;
using Infra.Components.Networks.Gcp;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.LoadBalancers.Gcp;

/// <summary>Load balancers on Google Cloud.</summary>
internal sealed class GcpLoadBalancers()
    : Provision<LoadBalancer, GcpContext>(LoadBalancerKind.Instance, new(Backing.Native, "Cloud Load Balancing")),
        IUsesApis,
        IGivesAddresses
{
    private static readonly Rule Values = Rule.Error(
        "gcp-load-balancer-arguments",
        "Cloud Load Balancing accepts the load balancer's arguments");

    private static readonly Rule HttpOnly = Rule.Policy("gcp-listeners", "What enters is HTTP, which is all that Cloud Run takes");
    private static readonly Gap Tcp = new("listeners", "Cloud Run takes HTTP only: no port is open for TCP.") { Rule = HttpOnly };
    private static readonly Gap Udp = new("listeners of UDP", "Nor is one for UDP.") { Rule = HttpOnly };

    private static readonly Rule Apart = Rule.Error("gcp-listeners-apart", "Devices and HTTP enter at addresses of their own");
    private static readonly Gap Together = new(
        "devices beside HTTP",
        "Devices reach the machine of their broker, and HTTP an address all over the world: each has a load balancer of its own.")
    {
        Rule = Apart,
    };

    private static readonly Gap Login =
        LoginChecks.Gap("Its load balancers ask for no password: an answer of theirs has no header for it.");

    private static readonly Gap Shared = new("existing certificates beside others", "A certificate map that exists serves alone.")
    {
        Rule = Rule.Error("gcp-certificate-map", "A load balancer looks into one certificate map"),
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        Tcp,
        Udp,
        Together,
        Login,
        Shared,
        new("request limits of the whole", "Requests are counted by service and by place of Google's at which they enter."),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Apis { get; } = ["compute"];

    /// <summary>Names may lead to it from any cloud.</summary>
    protected override bool StandsWith(LoadBalancer component, Component reference) => reference is not DnsZone;

    /// <inheritdoc/>
    public AddressKind AddressKindOf(Component entrance) => AddressKind.Ip;

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(LoadBalancer component) => component.Args.TakesHttp
        ? [RuntimeKind.Instance]
        : [RuntimeKind.Instance, PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(LoadBalancer component, CloudChecks checks)
    {
        var guard = checks.Guard(component, Values);
        guard.InRange(
            nameof(LoadBalancerArgs.IdleTimeoutSeconds),
            component.Args.IdleTimeoutSeconds,
            GcpLoadBalancer.ShortestIdleSeconds,
            GcpLoadBalancer.LongestIdleSeconds,
            "seconds");
        guard.Require(
            component.Args.TakesHttp || component.Args.Listeners.Any(IsOfDevices),
            nameof(LoadBalancerArgs.Routes),
            "empty",
            "one route or redirect at least");
        LoginChecks.Check(Login, component, checks);
        var existing = component.Args.AllCertificates.Where(certificate => certificate.Args.Existing is not null).ToList();
        if (component.Args is { HasName: true, Certificates.Count: > 0 } && existing.Count > 0)
        {
            checks.Lacks(
                Shared,
                component,
                $"It has {component.Args.Certificates.Count + 1} certificates, of which "
                + $"{string.Join(", ", existing.Select(certificate => certificate.Name))} is a map that exists, and a load balancer looks "
                + "into one map.",
                "Use that map alone, or let the stack issue every certificate");
        }

        CheckDevices(component, guard, checks);
        foreach (var listeners in component.Args.Listeners
            .Where(listener => !IsOfDevices(listener))
            .GroupBy(listener => listener.IsUdp ? Udp : Tcp))
        {
            checks.Lacks(
                listeners.Key,
                component,
                $"Listeners has {string.Join(", ", listeners.Select(listener => listener.Description))}, and a service on Cloud Run takes "
                + "HTTP only.",
                "Speak HTTP, such as MQTT over WebSockets, and add a route");
        }
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(LoadBalancer component, GcpContext context) => component.Args.TakesHttp
        ? new GcpLoadBalancer(
            component,
            component.Args.HasName ? [.. component.Args.AllCertificates.Select(context.Of<GcpCertificate>)] : [],
            context.Get<GcpRuntime>(),
            context)
        : new GcpPortEntry(component, context.Get<GcpPrivateNetwork>(), context.Get<GcpRuntime>(), context);

    private static bool IsOfDevices(Listener listener) => listener.Service.Args.Devices is not null;

    private static void CheckDevices(LoadBalancer balancer, Guard guard, CloudChecks checks)
    {
        var listeners = balancer.Args.Listeners.Where(IsOfDevices).ToList();
        if (listeners.Count == 0) return;
        if (balancer.Args.TakesHttp)
        {
            checks.Lacks(
                Together,
                balancer,
                $"Listeners has {string.Join(", ", listeners.Select(listener => listener.Description))} beside Routes or Redirects, and "
                + "the address of an Application Load Balancer takes HTTP only.",
                "Declare another LoadBalancer for the devices, and let their record lead to it");
            return;
        }

        foreach (var listener in listeners.Where(listener => listener.Protocol != ListenerProtocol.Tcp || listener.Target != listener.Port))
        {
            guard.Refuse(
                nameof(LoadBalancerArgs.Listeners),
                listener.Description,
                "listeners of TCP to the same port, because nothing stands between devices and the machine of their broker",
                "Take what DeviceBroker.Entrance gives");
        }

        var services = balancer.Args.Services.Select(service => service.Name).ToList();
        guard.Require(
            services.Count == 1,
            nameof(LoadBalancerArgs.Listeners),
            $"listeners to {string.Join(", ", services)}",
            "listeners to one service, whose machine bears the address",
            "Declare a LoadBalancer for each");
        foreach (var service in listeners.Select(listener => listener.Service).Distinct())
        {
            var others = checks.On<LoadBalancer>()
                .Where(other => other != balancer && other.Args.Services.Contains(service))
                .Select(other => other.Name)
                .ToList();
            guard.Require(
                others.Count == 0,
                nameof(LoadBalancerArgs.Listeners),
                $"listeners to '{service.Name}', as {string.Join(", ", others)} has",
                "one load balancer of a broker of devices, whose machine has one address",
                "Remove one of them");
        }
    }
}

using Infra.Components.Certificates.Gcp;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Dns;
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
    protected override IEnumerable<ComponentKind> Beside(LoadBalancer component) => [RuntimeKind.Instance];

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
        guard.Require(component.Args.TakesHttp, nameof(LoadBalancerArgs.Routes), "empty", "one route or redirect at least");
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

        foreach (var listeners in component.Args.Listeners.GroupBy(listener => listener.IsUdp ? Udp : Tcp))
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
    protected override PlacedComponent Build(LoadBalancer component, GcpContext context) =>
        new GcpLoadBalancer(
        component,
        component.Args.HasName ? [.. component.Args.AllCertificates.Select(context.Of<GcpCertificate>)] : [],
        context.Get<GcpRuntime>(),
        context);
}

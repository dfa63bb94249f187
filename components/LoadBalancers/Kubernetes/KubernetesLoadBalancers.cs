using System.Globalization;
using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Certificates.Kubernetes;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Dns;
using Infra.Components.Networks;
using Infra.Components.Placements;
using Infra.Components.Runtimes;
using Infra.Components.Systems;

namespace Infra.Components.LoadBalancers.Kubernetes;

/// <summary>Load balancers as gateways of a cluster.</summary>
/// <param name="traits">What the cluster can do.</param>
internal class KubernetesLoadBalancers(Func<Blueprint, ClusterTraits> traits)
    : Provision<LoadBalancer, KubernetesContext>(LoadBalancerKind.Instance, new(Backing.InCluster, "Gateway API")),
        INeedsAddons,
        IGivesAddresses
{
    private static readonly Rule IdleRule = Rule.Info("load-balancer-idle-timeout", "Idle connections are closed when they should be");

    private static readonly Rule StickyRule = Rule.Warning(
        "kubernetes-sticky-sessions",
        "Browsers come back to the replica that keeps their session");

    private static readonly Gap StickySessions = new("sticky sessions", "Sessions are sticky by Envoy Gateway only.") { Rule = StickyRule };

    private static readonly Gap IdleTimeout = new("idle timeout", "Idle timeouts are set for Envoy Gateway only.") { Rule = IdleRule };

    // Envoy listens in its pod at another port where the first 1023 are asked for, and has some for itself (Envoy Gateway 1.9.0:
    // internal/gatewayapi/listener.go, internal/xds/bootstrap).
    private const int Shift = 10000;
    private static readonly int[] EnvoyPorts = [19000, 19001, 19002, 19003];

    private static readonly Rule Ports = Rule.Error(
        "load-balancer-ports",
        "The gateway's proxy listens at every port once");

    private static readonly Gap Listeners =
        new("listeners", "Listeners need a controller of TCPRoute, TLSRoute and UDPRoute of Gateway API 1.6, such as Envoy Gateway.")
        {
            Rule = Rule.Warning("load-balancer-listeners", "The gateway's controller knows routes of TCP and UDP"),
        };

    // A proxy opens as many connections to one replica as it has ports for them (Linux: net.ipv4.ip_local_port_range, 32768 to 60999).
    private const int PortsOfProxy = 28_232;
    private const int Proxies = 2;

    private static readonly Rule SourcesRule = Rule.Error("load-balancer-sources", "The gateway turns away who comes from elsewhere");
    private static readonly Gap Sources =
        new("allowed sources of any gateway", "Allowed sources are set for Envoy Gateway only.") { Rule = SourcesRule };

    private static readonly Gap KeptAddresses =
        new("clients' addresses", "Where a client comes from is known where the cluster's load balancers keep its address.")
        {
            Rule = Rule.Info("load-balancer-client-addresses", "Clients' addresses reach the gateway"),
        };

    private static readonly Gap Login = LoginChecks.Gap("Passwords are asked for by Envoy Gateway only.");

    private static readonly Gap Several =
        new("several certificates at any gateway", "Of several certificates, the one that a client needs is shown by Envoy Gateway.")
        {
            Rule = Rule.Warning("load-balancer-certificates", "The gateway's controller shows each client the certificate of its host"),
        };

    private static readonly Gap Limits =
        new("request limits of any gateway", "Requests are limited by Envoy Gateway only.")
        {
            Rule = Rule.Warning("load-balancer-request-limit", "The gateway limits requests where it should"),
        };

    /// <summary>How every gateway counts requests.</summary>
    protected static Gap Counting { get; } =
        new("request limits of the whole", "Requests are counted by route and by proxy, of which production has two.");

    /// <summary>How many connections every gateway keeps.</summary>
    protected static Gap Room { get; } = new(
        "connections of listeners",
        string.Create(
            CultureInfo.InvariantCulture,
            $"A proxy keeps {PortsOfProxy} connections to one replica; production has {Proxies} proxies."))
    {
        Rule = Rule.Warning("load-balancer-connections", "The gateway's proxies have room for the connections of listeners"),
    };

    /// <summary>What every gateway lacks.</summary>
    protected static Gap Clients { get; } =
        new("clients' addresses at listeners", "A service to which a listener leads sees the gateway's address.");

    /// <summary>Why no UDP comes in; null where it does.</summary>
    protected virtual Gap? Udp => null;

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps =>
        [IdleTimeout, StickySessions, Login, Several, Listeners, Room, Clients, Sources, KeptAddresses, Limits, Counting];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(KubernetesLoadBalancerTweak)];

    /// <inheritdoc/>
    public IEnumerable<Addon> Addons(Component component, KubernetesContext context) => [Addon.GatewayController];

    /// <summary>Names may lead to it from any cloud.</summary>
    protected override bool StandsWith(LoadBalancer component, Component reference) => reference is not DnsZone;

    /// <inheritdoc/>
    public AddressKind AddressKindOf(Component entrance) =>
        entrance.Arguments.Tweak<KubernetesLoadBalancerTweak>() is { HostNameAddress: true }
        && Tweaks.Contains(typeof(KubernetesLoadBalancerTweak))
            ? AddressKind.HostName
            : AddressKind.Ip;

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(LoadBalancer component) => [PrivateNetworkKind.Instance, RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void Check(LoadBalancer component, CloudChecks checks)
    {
        var known = traits(checks.Blueprint);
        BalancerAddresses.Check(component, known, checks);
        var tweak = component.Args.Tweak<KubernetesLoadBalancerTweak>() is { } given && given.Cloud == checks.Cloud ? given : null;
        var gatewayClass = tweak?.GatewayClass ?? known.GatewayClass;
        if (component.Args.Routes.Any(route => component.Args.SourcesOf(route).Count > 0) || component.Args.AllowedSources.Count > 0)
            CheckSources(component, gatewayClass == ClusterContext.EnvoyGatewayClass, checks);
        if (gatewayClass != ClusterContext.EnvoyGatewayClass) LoginChecks.Check(Login, component, checks);
        LoginChecks.CheckPasswords(component, checks);
        if (component.Args is { HasName: true, Certificates.Count: > 0 } && gatewayClass != ClusterContext.EnvoyGatewayClass)
        {
            checks.Lacks(
                Several,
                component,
                $"It has {component.Args.Certificates.Count + 1} certificates, which the Gateway API leaves to the controller of the "
                + "GatewayClass: nobody here knows whether it shows more than the first.",
                "Look at what it supports");
        }

        if (component.Args.RequestsPerMinute is { } most && gatewayClass != ClusterContext.EnvoyGatewayClass)
        {
            checks.Lacks(
                Limits,
                component,
                $"RequestsPerMinute is {most}, and the GatewayClass is of a controller that nobody here can tell of it.",
                "Set it in the controller");
        }

        CheckListeners(component, gatewayClass == ClusterContext.EnvoyGatewayClass, checks);
        if (gatewayClass == ClusterContext.EnvoyGatewayClass) return;
        var sticky = component.Args.Routes.Select(route => route.Service).Where(service => service.Args.StickySessions).Distinct().ToList();
        if (sticky.Count > 0)
        {
            checks.Lacks(
                StickySessions,
                component,
                $"StickySessions is true for {string.Join(", ", sticky.Select(service => service.Name))}, and the Gateway API leaves it to "
                + "the controller: only Envoy Gateway's is set here.",
                "Set it in the controller, or keep sessions in a store");
        }

        if (component.Args.IdleTimeoutSeconds == 60) return;
        checks.Lacks(
            IdleTimeout,
            component,
            $"IdleTimeoutSeconds is {component.Args.IdleTimeoutSeconds}, and the Gateway API leaves it to the controller: "
            + "only Envoy Gateway's is set here.",
            "Set it in the controller");
    }

    private void CheckSources(LoadBalancer balancer, bool isEnvoy, CloudChecks checks)
    {
        if (!isEnvoy)
        {
            checks.Lacks(
                Sources,
                balancer,
                "It, or a route of it, has AllowedSources, and the GatewayClass is of a controller that nobody here can tell of them.",
                "Leave AllowedSources out, and GatewayClass of KubernetesLoadBalancerTweak");
        }

        if (balancer.Args.AllowedSources.Count > 0 && balancer.Args.Listeners.FirstOrDefault(listener => listener.IsUdp) is { } udp)
        {
            checks.Guard(balancer, SourcesRule).Refuse(
                nameof(LoadBalancerArgs.AllowedSources),
                $"given beside {udp.Description}",
                "listeners of TCP and TLS only beside it, because Envoy Gateway turns nobody away by UDP",
                "Lead UDP through a load balancer of its own");
        }

        if (!Gaps.Contains(KeptAddresses)) return;
        checks.Report(
            KeptAddresses.Rule!,
            balancer,
            "AllowedSources is given; the gateway sees where clients come from if the cluster's load balancers keep their addresses, as "
            + "with externalTrafficPolicy Local, and turns everyone away if not. Try it from an allowed address.");
    }

    private void CheckListeners(LoadBalancer balancer, bool isEnvoy, CloudChecks checks)
    {
        var listeners = balancer.Args.Listeners;
        if (Udp is { } lacking && listeners.FirstOrDefault(listener => listener.IsUdp) is { } udp)
            checks.Lacks(lacking, balancer, $"Listeners has {udp.Description}. {lacking.Remark}", "Lead to it by TCP");
        if (listeners.Count == 0) return;
        if (!isEnvoy)
        {
            checks.Lacks(
                Listeners,
                balancer,
                "It has Listeners, which are TCPRoute, TLSRoute and UDPRoute of Gateway API 1.6, and nobody here knows whether the "
                + "controller of the GatewayClass has them.",
                "Look at what it supports");
            return;
        }

        CheckRoom(balancer, checks);
        var low = listeners.Select(listener => listener.Port).Concat([80, 443]).Where(port => port < 1024).Select(port => port + Shift);
        foreach (var port in listeners.Select(listener => listener.Port).Intersect(low.Concat(EnvoyPorts)))
        {
            checks.Guard(balancer, Ports).Refuse(
                "Listeners.Port",
                port,
                $"ports at which Envoy does not listen already: it takes {string.Join(", ", EnvoyPorts)} for itself, and {Shift} more than "
                + "a port below 1024 for that port");
        }
    }

    // One may serve alone while the other is replaced; that it then turns some away is no reason to refuse the rest.
    private static void CheckRoom(LoadBalancer balancer, CloudChecks checks)
    {
        if (!checks.Profile.IsProduction) return;
        var asked = balancer.Args.Listeners.Where(listener => listener is { Connections: not null, IsUdp: false }).ToList();
        foreach (var listener in asked)
        {
            var replicas = listener.Service.Args.Scaling.Members ?? listener.Service.Args.Scaling.Minimum;
            var most = (long)PortsOfProxy * replicas * Proxies;
            if (listener.Connections <= most) continue;
            checks.Lacks(
                Room,
                balancer,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Listeners.Connections is {listener.Connections} for {listener.Description}; allowed: {most} by {Proxies} proxies to "
                    + $"{replicas} of '{listener.Service.Name}'."),
                "Lower Connections, or let devices share several services, each with a load balancer of its own");
        }
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(LoadBalancer component, KubernetesContext context) =>
        new KubernetesLoadBalancer(
            component,
            component.Args.HasName
                ? [.. component.Args.AllCertificates.Select(certificate => CertificateSecret.Of(component, certificate))]
                : [],
            context);
}

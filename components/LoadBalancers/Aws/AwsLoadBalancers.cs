using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components.Certificates.Aws;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Dns;
using Infra.Components.Identities.Aws;
using Infra.Components.Networks;
using Infra.Components.Networks.Aws;
using Infra.Components.Systems;

namespace Infra.Components.LoadBalancers.Aws;

/// <summary>Load balancers on AWS.</summary>
internal sealed partial class AwsLoadBalancers()
    : Provision<LoadBalancer, AwsContext>(
        LoadBalancerKind.Instance,
        new(Backing.Native, "AWS Application Load Balancer, AWS Network Load Balancer")),
        IGivesAddresses
{
    // AWS documentation, Elastic Load Balancing: a path pattern has 128 characters at most, of which ours adds two; so has a host.
    private const int LongestPath = 126;
    private const int LongestHost = 128;

    // AWS documentation, Elastic Load Balancing: the default quota of rules, which routes, redirects and answers of 404 share.
    private const int MostRules = 100;

    private static readonly Rule Arguments = Rule.Error(
        "aws-load-balancer-arguments",
        "AWS Application Load Balancers accept the load balancer's arguments");

    // AWS documentation, Network Load Balancers: the time after which it closes idle connections over TLS, and forgets flows of UDP.
    private const int TlsIdleSeconds = 350;
    private const int UdpIdleSeconds = 120;

    private static readonly Gap OnePort = new("TCP and UDP at one port", "A port takes TCP or UDP.") { Rule = Arguments };
    private static readonly Gap ListenerIdle = new(
        "idle timeout of listeners",
        $"Listeners close idle connections over TLS after {TlsIdleSeconds} s, forget UDP after {UdpIdleSeconds} s, and keep TCP for "
        + $"{AwsPortEntry.ShortestIdleSeconds} s at least.")
    {
        Rule = Rule.Warning("aws-listener-idle-timeout", "Connections of listeners live as long as they may be idle"),
    };

    private static readonly Gap Names = new("TLS by name", "A port leads to one service, whatever host its clients name.")
    {
        Rule = Rule.Error("aws-listener-names", "What passes a Network Load Balancer is told apart by its port"),
    };

    private static readonly Gap Login =
        LoginChecks.Gap("Its load balancers ask for no password, and a firewall that did would ask for it over plain HTTP, too.");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        new("fixed address", "Its address is a host name."),
        OnePort,
        ListenerIdle,
        Names,
        Login,
        new("prompt request limits", "Requests are counted every few seconds: until then more come through."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(AwsLoadBalancerTweak)];

    /// <summary>Names may lead to it from any cloud.</summary>
    protected override bool StandsWith(LoadBalancer component, Component reference) => reference is not DnsZone;

    /// <inheritdoc/>
    public AddressKind AddressKindOf(Component entrance) => AddressKind.HostName;

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(LoadBalancer component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(LoadBalancer component, CloudChecks checks)
    {
        AwsNames.Check(component, checks, "internal-");
        var guard = checks.Guard(component, Arguments);
        var tweak = component.Args.Tweak<AwsLoadBalancerTweak>() ?? new();
        guard.Matches(
            "AwsLoadBalancerTweak.TlsPolicy",
            tweak.TlsPolicy,
            TlsPolicy(),
            "the name of a policy such as ELBSecurityPolicy-TLS13-1-2-2021-06");
        if (tweak.AccessLogDays is { } days) guard.InRange("AwsLoadBalancerTweak.AccessLogDays", days, 0, 3650, "days");
        foreach (var route in component.Args.FullRoutes)
        {
            guard.Require(
                RulePriorities.Depth(route.Path) <= RulePriorities.DeepestPath,
                "Routes.Path",
                route.Path,
                $"paths of {RulePriorities.DeepestPath} segments at most");
            guard.Require(
                route.Path.Length <= LongestPath,
                "Routes.Path",
                $"{route.Path.Length} characters",
                $"{LongestPath} characters at most");
            CheckHost("Routes.Host", route.Host);
        }

        CheckListeners(component, checks);
        if (component.Args.Listeners.FirstOrDefault(listener => listener.IsNamed) is { } named)
        {
            checks.Lacks(
                Names,
                component,
                $"Listeners has {named.Description}, and a Network Load Balancer looks at no host.",
                "Give each service a port of its own, and set Protocol to Tcp");
        }

        LoginChecks.Check(Login, component, checks);
        var rules = component.Args.Routes.Sum(route => AwsHttpEntry.RulesOf(route, component.Args.HasName))
            + component.Args.FullRedirects.Count
            + component.Args.PartialHosts.Count();
        guard.Require(
            rules <= MostRules || component.Args.Routes.Count + component.Args.Redirects.Count > MostRules,
            nameof(LoadBalancerArgs.Routes),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{rules} rules with those that keep hosts from a wildcard's routes, and those of AllowedSources"),
            string.Create(CultureInfo.InvariantCulture, $"{MostRules} rules at most"),
            "Route every path of a host, merge routes, or name fewer and larger blocks");
        foreach (var redirect in component.Args.FullRedirects)
        {
            CheckHost("Redirects.Host", redirect.Host);
            CheckHost("Redirects.To", redirect.To);
        }

        var ends = component.Args.Listeners.Count(listener => listener.Protocol == ListenerProtocol.Tls);
        var shown = component.Args.Certificates.Count * ends;
        guard.Require(
            shown <= LoadBalancerArgs.MostCertificates,
            nameof(LoadBalancerArgs.Certificates),
            string.Create(CultureInfo.InvariantCulture, $"shown {shown} times, once by each listener for TLS"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{LoadBalancerArgs.MostCertificates} further certificates at all listeners together (the default quota of AWS)"),
            "Remove certificates, or listeners for TLS");
        AwsGroupRules.Check(component, component.Args.Services.Count(), "services", checks);
        AwsGroupRules.Check(
            component,
            component.Args.AllowedSources.Count * (component.Args.Listeners.Count + PortsOfHttp(component.Args)),
            "pairs of a port and a block of AllowedSources",
            checks);

        void CheckHost(string argument, string host) => guard.Require(
            host.Length <= LongestHost,
            argument,
            $"{host.Length} characters",
            $"{LongestHost} characters at most");
    }

    private static int PortsOfHttp(LoadBalancerArgs args) => !args.TakesHttp ? 0 : args.HasName ? 2 : 1;

    private static void CheckListeners(LoadBalancer balancer, CloudChecks checks)
    {
        foreach (var both in balancer.Args.Listeners
            .GroupBy(listener => listener.Port)
            .Where(group => group.DistinctBy(listener => listener.Transport).Count() > 1))
        {
            checks.Guard(balancer, Arguments).Refuse(
                "Listeners.Port",
                $"{both.Key} for TCP and for UDP",
                "one of both at a port of a Network Load Balancer",
                "Give one of them another port");
        }

        foreach (var listener in balancer.Args.Listeners.Where(listener => listener.IsUdp && AwsPortEntry.AskedAt(listener) is null))
        {
            checks.Guard(balancer, Arguments).Refuse(
                "Listeners.Service",
                $"'{listener.Service.Name}', which nobody can ask whether it is well",
                "services that listen on a port of TCP, too, because a Network Load Balancer asks nobody by UDP",
                $"Set HealthCheck.Port and HealthCheck.Protocol of '{listener.Service.Name}'");
        }

        var idle = balancer.Args.IdleTimeoutSeconds;
        foreach (var (protocol, longest) in new[] { (ListenerProtocol.Tls, TlsIdleSeconds), (ListenerProtocol.Udp, UdpIdleSeconds) })
        {
            if (idle <= longest || balancer.Args.Listeners.All(listener => listener.Protocol != protocol)) continue;
            checks.Report(
                ListenerIdle.Rule!,
                balancer,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"IdleTimeoutSeconds is {idle}; allowed: up to {longest} for listeners of {protocol.ToString().ToUpperInvariant()}, "
                    + $"whose connections AWS closes after that. Let clients say something before, as by the keep-alive of MQTT."));
        }
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(LoadBalancer component, AwsContext context) => new AwsLoadBalancer(
        component,
        context.Get<AwsPrivateNetwork>(),
        component.Args.HasName
            ? [.. component.Args.AllCertificates.Select(certificate => (certificate.Name, context.Of<AwsCertificate>(certificate)))]
            : [],
        context.Of<AwsServiceIdentity>,
        context);

    [GeneratedRegex(@"^ELBSecurityPolicy-[A-Za-z0-9-]+\z")]
    private static partial Regex TlsPolicy();
}

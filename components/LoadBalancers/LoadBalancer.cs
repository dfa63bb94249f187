using System.Net;
using System.Text.RegularExpressions;
using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.LoadBalancers;

/// <summary>
/// Where traffic enters: HTTPS with certificates, HTTP redirected to it, routes by host and path to services, and ports for what is no
/// HTTP. A link to one says where it is found. In a stack without a domain, it speaks plain HTTP at the name or address that its cloud
/// gives it.
/// </summary>
public sealed class LoadBalancer(string name, LoadBalancerArgs args) : Component<LoadBalancerArgs>(name, args)
{
    /// <inheritdoc/>
    public override ComponentKind Kind => LoadBalancerKind.Instance;

    /// <inheritdoc/>
    public override IEnumerable<Component> References =>
        [.. Args.AllCertificates, .. Args.Services, .. Args.Passwords, .. Args.NamedZones];

    /// <summary>What has nothing but redirects has nobody to redirect where no name leads to it.</summary>
    internal override bool Stands => Args.HasName || Args.Routes.Count + Args.Listeners.Count > 0;
}

/// <summary>
/// Sends requests to a service. Routes are tried from the most specific to the least: exact hosts, then longer paths, first.
/// </summary>
/// <param name="Service">The service.</param>
/// <param name="Host">
/// The host, relative to the domain of the route's zone: exact, <c>@</c> for the domain itself, or a wildcard such as <c>*</c> and
/// <c>*.preview</c>. Clouds differ beyond these.
/// </param>
/// <param name="Path">The path's prefix, in whole segments. Default: every path.</param>
public sealed record Route(ContainerService Service, string Host, string Path = "/")
{
    /// <summary>The zone whose domain the host is relative to; a certificate must cover it there. Default: that of Certificate.</summary>
    public DnsZone? Zone { get; init; }

    /// <summary>Who may pass, by a name and a password that browsers ask for. Default: null, everyone.</summary>
    public BasicLogin? Login { get; init; }

    /// <summary>
    /// The IPv4 addresses from which the route is reached, as CIDR blocks of 8 to 32 bits; 20 at most, each within one of the load
    /// balancer's where that names some. Who comes from elsewhere is answered 403. Default: none, which means from wherever the load
    /// balancer is reached.
    /// </summary>
    public IReadOnlyList<string> AllowedSources { get; init; } = [];
}

/// <summary>
/// Answers every request to a host, but for what a route of that host takes, by a permanent redirect (301) to another host, over HTTPS,
/// with the same path and query: from the domain itself to <c>www</c>, or from a former name to the present one.
/// </summary>
/// <param name="Host">
/// The host, relative to the domain of the redirect's zone, as a route spells it; a certificate must cover it.
/// </param>
/// <param name="To">
/// The host to go to: relative as well, and then a host of a route; or, with a final dot as in zone files, a name in full elsewhere, such
/// as <c>www.example.com.</c>
/// </param>
public sealed record Redirect(string Host, string To)
{
    /// <summary>One of which a stack file says both.</summary>
    public Redirect()
        : this("", "")
    {
    }

    /// <summary>The zone whose domain the host is relative to. Default: that of Certificate.</summary>
    public DnsZone? Zone { get; init; }

    /// <summary>The zone whose domain the host to go to is relative to. Default: that of the redirect.</summary>
    public DnsZone? ToZone { get; init; }
}

/// <summary>The arguments of a load balancer.</summary>
public sealed partial record LoadBalancerArgs : Arguments
{
    /// <summary>The most further certificates (the default quota of an AWS load balancer, which does not count the first).</summary>
    internal const int MostCertificates = 25;

    /// <summary>
    /// The certificate of HTTPS, and of listeners for TLS, that is shown to clients which name no host, or one that no other covers. The
    /// host of every route and redirect must be covered, by it or by a further one.
    /// </summary>
    public required Certificate Certificate { get; init; }

    /// <summary>
    /// Further certificates, each shown to clients that name a host which it covers (SNI): those of further zones, or of more hosts than
    /// one certificate has; 25 at most (the default quota of an AWS load balancer). Default: none.
    /// </summary>
    public IReadOnlyList<Certificate> Certificates { get; init; } = [];

    /// <summary>
    /// Where requests go; others are answered 404. One at least, unless there are redirects or listeners; 100 with redirects at most (the
    /// default quota of an AWS load balancer's rules).
    /// </summary>
    public required IReadOnlyList<Route> Routes { get; init; }

    /// <summary>The hosts that are answered by a permanent redirect to another host. Default: none.</summary>
    public IReadOnlyList<Redirect> Redirects { get; init; } = [];

    /// <summary>
    /// The ports at which what is no HTTP enters; 48 at most (the default quota of an AWS load balancer's listeners, of which HTTP has
    /// two). Default: none.
    /// </summary>
    public IReadOnlyList<Listener> Listeners { get; init; } = [];

    /// <summary>
    /// The IPv4 addresses from which HTTPS and listeners are reached, as CIDR blocks of 8 to 32 bits, such as <c>203.0.113.0/24</c>; 20 at
    /// most. Who comes from elsewhere is turned away. Default: none, which means from everywhere.
    /// </summary>
    public IReadOnlyList<string> AllowedSources { get; init; } = [];

    /// <summary>
    /// How many requests a minute come through from one address of a client, 10 to 1000000; more are answered 429. Clouds count each in
    /// their way. Default: null, any number.
    /// </summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>After how many idle seconds a connection is closed, 1 to 4000 (the range of an AWS load balancer). Default: 60.</summary>
    public int IdleTimeoutSeconds { get; init; } = 60;

    /// <summary>Whether it has a domain, and with it certificates; otherwise it speaks plain HTTP.</summary>
    internal bool HasName => Certificate.Args.Zone.Args.HasDomain;

    /// <summary>Its certificates, the first before the others, each once.</summary>
    internal IEnumerable<Certificate> AllCertificates => Certificates.Prepend(Certificate).Distinct();

    /// <summary>The zones that routes and redirects name, each once.</summary>
    internal IEnumerable<DnsZone> NamedZones => Routes
        .Select(route => route.Zone)
        .Concat(Listeners.Select(listener => listener.Zone))
        .Concat(Redirects.SelectMany(redirect => new[] { redirect.Zone, redirect.ToZone }))
        .OfType<DnsZone>()
        .Distinct();

    /// <summary>Whether HTTP has anywhere to go.</summary>
    internal bool TakesHttp => Routes.Count + FullRedirects.Count > 0;

    /// <summary>The services that traffic is led to, each once.</summary>
    internal IEnumerable<ContainerService> Services =>
        Routes.Select(route => route.Service).Concat(Listeners.Select(listener => listener.Service)).Distinct();

    /// <summary>The passwords that routes ask for, each once.</summary>
    internal IEnumerable<Secret> Passwords => Routes.Select(route => route.Login?.Password).OfType<Secret>().Distinct();

    /// <summary>What a route's host reads that takes whatever host there is: there is one alone in a stack without a domain.</summary>
    internal const string AnyHost = "*";

    /// <summary>The routes with their hosts in full; with <c>*</c> in a stack without a domain.</summary>
    public IReadOnlyList<Route> FullRoutes =>
        [.. Routes.Select(route => route with { Host = HasName ? ZoneOf(route.Zone).FullName(route.Host) : AnyHost })];

    /// <summary>
    /// The redirects with both hosts in full, without a final dot, in the order of their hosts; none in a stack without a domain, where no
    /// other name leads to it.
    /// </summary>
    public IReadOnlyList<Redirect> FullRedirects => !HasName
        ? []
        :
        [
            .. Redirects
                .Select(redirect => new Redirect(ZoneOf(redirect.Zone).FullName(redirect.Host), FullTarget(redirect)))
                .OrderBy(redirect => redirect.Host, StringComparer.Ordinal),
        ];

    /// <summary>From where a route is reached; empty for everywhere.</summary>
    internal IReadOnlyList<string> SourcesOf(Route route) => route.AllowedSources.Count > 0 ? route.AllowedSources : AllowedSources;

    /// <summary>The host in full that clients of a listener name; null where they name none.</summary>
    internal string? NameOf(Listener listener) => listener.Host is { } host ? ZoneOf(listener.Zone).FullName(host) : null;

    /// <summary>
    /// The host at which a consumer says that itself is found: of its own first route with an exact host or, without one, of the first
    /// route of all. Null in a stack without a domain, and where there is none.
    /// </summary>
    internal string? HostFor(Component? consumer)
    {
        if (!HasName) return null;
        var exact = FullRoutes.Where(route => !route.Host.StartsWith('*')).ToList();
        return (exact.Find(route => route.Service == consumer) ?? exact.FirstOrDefault())?.Host;
    }

    /// <summary>The routes in the order in which they must be tried, with their hosts in full.</summary>
    public IEnumerable<Route> RoutesBySpecificity => FullRoutes
        .OrderBy(route => route.Host.StartsWith('*'))
        .ThenBy(route => route.Host, StringComparer.Ordinal)
        .ThenByDescending(route => route.Path.Length)
        .ThenBy(route => route.Path, StringComparer.Ordinal);

    /// <summary>
    /// The hosts in full of which some paths only have a route, while a wildcard has others: requests to other paths are answered 404, as
    /// the most specific host decides alone.
    /// </summary>
    public IEnumerable<string> PartialHosts
    {
        get
        {
            var hosts = FullRoutes.Select(route => route.Host).Distinct().Order(StringComparer.Ordinal).ToList();
            var redirected = FullRedirects.Select(redirect => redirect.Host).ToList();
            return hosts
                .Except(FullRoutes.Where(route => route.Path == "/").Select(route => route.Host))
                .Except(redirected)
                .Where(host => hosts.Concat(redirected).Any(other => other != host && Matches(other, host)));
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        new("routes", string.Join(", ", RoutesBySpecificity.Select(Name))),
        .. HasName ? Enumerable.Empty<Decision>() : [new("speaks", "plain HTTP, at the name or address that its cloud gives it")],
        .. Certificates.Count == 0
            ? Enumerable.Empty<Decision>()
            : [new("certificates", string.Join(", ", AllCertificates.Select(certificate => certificate.Name)))],
        .. Routes.All(route => route.Login is null)
            ? Enumerable.Empty<Decision>()
            : [new("with a login", string.Join(", ", RoutesBySpecificity.Where(route => route.Login is not null).Select(Name)))],
        .. Redirects.Count == 0
            ? Enumerable.Empty<Decision>()
            : [new("redirects", string.Join(", ", FullRedirects.Select(redirect => $"{redirect.Host} to {redirect.To}")))],
        .. Listeners.Count == 0
            ? Enumerable.Empty<Decision>()
            : [new("listeners", string.Join(", ", Listeners.OrderBy(listener => listener.Port).Select(listener => listener.Description)))],
        .. AllowedSources.Count == 0
            ? Enumerable.Empty<Decision>()
            : [new("only from", string.Join(", ", AllowedSources))],
        .. Routes.All(route => route.AllowedSources.Count == 0)
            ? Enumerable.Empty<Decision>()
            :
            [
                new("narrower", string.Join(", ", RoutesBySpecificity
                    .Where(route => route.AllowedSources.Count > 0)
                    .Select(route => $"{Name(route)} from {string.Join(' ', route.AllowedSources)}"))),
            ],
        .. RequestsPerMinute is { } most
            ? [new("requests per client", $"{most} a minute")]
            : Enumerable.Empty<Decision>(),
        new("idle timeout", Decision.Counted(IdleTimeoutSeconds, "seconds")),
    ];

    /// <inheritdoc/>
    public override Arguments Referring(References replacement) => this with
    {
        Certificate = replacement.Of(Certificate),
        Certificates = [.. Certificates.Select(replacement.Of)],
        Redirects =
        [
            .. Redirects.Select(redirect => redirect with
            {
                Zone = redirect.Zone is { } zone ? replacement.Of(zone) : null,
                ToZone = redirect.ToZone is { } target ? replacement.Of(target) : null,
            }),
        ],
        Routes =
        [
            .. Routes.Select(route => route with
            {
                Service = replacement.Of(route.Service),
                Zone = route.Zone is { } zone ? replacement.Of(zone) : null,
                Login = route.Login is { } login ? login with { Password = replacement.Of(login.Password) } : null,
            }),
        ],
        Listeners =
        [
            .. Listeners.Select(listener => listener with
            {
                Service = replacement.Of(listener.Service),
                Zone = listener.Zone is { } zone ? replacement.Of(zone) : null,
            }),
        ],
    };

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        guard.InRange(nameof(IdleTimeoutSeconds), IdleTimeoutSeconds, 1, 4000, "seconds");
        guard.InRange(nameof(Routes), Routes.Count + Redirects.Count, Listeners.Count == 0 ? 1 : 0, 100, "routes and redirects");
        CheckCertificates(guard);
        foreach (var route in Routes)
        {
            CheckHost(guard, "Routes.Host", route.Host, route.Zone);
            route.Login?.Check(guard);
            CheckSources(guard, route);
            guard.Matches(
                "Routes.Path",
                route.Path,
                PathPrefix(),
                "a path of whole segments such as / or /api, of letters, digits and -._~");
            guard.Require(
                route.Service.Args.IsHttp,
                "Routes.Service",
                $"'{route.Service.Name}', a worker without a port",
                "services that have a port",
                $"Set Port of '{route.Service.Name}', or lead to it by Listeners");
        }

        foreach (var twice in FullRoutes.GroupBy(route => (route.Host, route.Path)).Where(group => group.Count() > 1))
        {
            guard.Refuse(
                nameof(Routes),
                $"two routes for {twice.Key.Host}{twice.Key.Path}",
                "one route for a host and path",
                "Remove one of them");
        }

        CheckListeners(guard);
        if (RequestsPerMinute is { } most) guard.InRange(nameof(RequestsPerMinute), most, 10, 1_000_000, "requests");
        guard.InRange(nameof(AllowedSources), AllowedSources.Count, 0, 20, "blocks");
        guard.Require(
            AllowedSources.Distinct().Count() == AllowedSources.Count,
            nameof(AllowedSources),
            string.Join(", ", AllowedSources),
            "every block once");
        AddressBlock.Check(guard, nameof(AllowedSources), AllowedSources);
        foreach (var redirect in Redirects) CheckRedirect(guard, redirect);
        foreach (var host in FullRedirects.GroupBy(redirect => redirect.Host).Where(group => group.Count() > 1).Select(group => group.Key))
        {
            guard.Refuse(nameof(Redirects), $"two redirects of '{host}'", "one redirect for a host", "Remove one of them");
        }
    }

    private void CheckListeners(Guard guard)
    {
        guard.InRange(nameof(Listeners), Listeners.Count, 0, 48, "listeners");
        foreach (var listener in Listeners) listener.Check(guard);
        foreach (var listener in Listeners.Where(listener => listener.Host is not null))
            (listener.Zone ?? Certificate.Args.Zone).Args.CheckHost(guard, "Listeners.Host", listener.Host!);
        foreach (var twice in Listeners
            .GroupBy(listener => (listener.Port, listener.Transport))
            .Where(group => group.Count() > 1)
            .Where(group => !group.All(listener => listener.IsNamed) || group.DistinctBy(NameOf).Count() < group.Count()))
        {
            guard.Refuse(
                nameof(Listeners),
                $"two listeners for port {twice.Key.Port} of {twice.Key.Transport.ToUpperInvariant()}",
                "one listener for a port of TCP, TLS included, and one for a port of UDP; one for each host of TLS that passes as it comes",
                "Remove one of them, or give it another port");
        }
    }

    private void CheckCertificates(Guard guard)
    {
        guard.InRange(nameof(Certificates), Certificates.Count, 0, MostCertificates, "certificates");
        guard.Require(
            AllCertificates.Count() == Certificates.Count + 1,
            nameof(Certificates),
            string.Join(", ", Certificates.Select(certificate => certificate.Name)),
            $"every certificate once, and '{Certificate.Name}' as Certificate alone");
        var without = AllCertificates
            .Select(certificate => certificate.Args.Zone)
            .Concat(NamedZones)
            .Distinct()
            .Where(zone => zone.Args.HasDomain != HasName)
            .Select(zone => zone.Name)
            .ToList();
        guard.Require(
            without.Count == 0,
            nameof(Certificates),
            $"beside {string.Join(", ", without)}, which {(HasName ? "has no domain" : "has a domain")} while "
            + $"'{Certificate.Args.Zone.Name}' has {(HasName ? "one" : "none")}",
            "zones of which each has a domain, or none",
            "Set infra:domain in the stack's file, or remove infra:domains from it");
        if (HasName) return;
        var hosts = Routes.Select(route => (route.Zone, route.Host)).Distinct().Select(host => host.Host).ToList();
        guard.Require(
            hosts.Count <= 1,
            "Routes.Host",
            string.Join(", ", hosts),
            "one host in a stack without a domain, where one name or address is all that there is",
            "Set infra:domain in the stack's file");
        var encrypted = Listeners
            .Where(listener => listener.Protocol == ListenerProtocol.Tls || listener.IsNamed)
            .Select(listener => listener.Description);
        guard.Require(
            !encrypted.Any(),
            "Listeners.Protocol",
            string.Join(", ", encrypted),
            "TCP and UDP in a stack without a domain, which has neither a certificate nor hosts",
            "Set infra:domain in the stack's file");
    }

    private void CheckSources(Guard guard, Route route)
    {
        const string Argument = "Routes.AllowedSources";
        var sources = route.AllowedSources;
        guard.InRange(Argument, sources.Count, 0, 20, "blocks");
        guard.Require(sources.Distinct().Count() == sources.Count, Argument, string.Join(", ", sources), "every block once");
        AddressBlock.Check(guard, Argument, sources);
        var admitted = AllowedSources.Select(AddressBlock.Read).OfType<IPNetwork>().ToList();
        if (admitted.Count == 0) return;
        foreach (var block in sources.Select(AddressBlock.Read).OfType<IPNetwork>())
        {
            guard.Require(
                admitted.Exists(other => other.PrefixLength <= block.PrefixLength && other.Contains(block.BaseAddress)),
                Argument,
                $"'{block}'",
                $"blocks within AllowedSources of the load balancer: {string.Join(", ", AllowedSources)}",
                "Add the block there, or remove it here");
        }
    }

    // Of the zone that is named, or of the first certificate's.
    private DnsZoneArgs ZoneOf(DnsZone? named) => (named ?? Certificate.Args.Zone).Args;

    private void CheckHost(Guard guard, string argument, string host, DnsZone? named)
    {
        var zone = named ?? Certificate.Args.Zone;
        zone.Args.CheckHost(guard, argument, host);
        var own = AllCertificates.Where(certificate => certificate.Args.Zone == zone).ToList();
        guard.Require(
            own.Exists(certificate => certificate.Args.Covers(host)),
            argument,
            $"'{host}'{(zone == Certificate.Args.Zone ? "" : $" of '{zone.Name}'")}",
            own.Count == 0
                ? $"hosts of zones that have a certificate here, as '{zone.Name}' has not"
                : string.Join(
                    "; ",
                    own.Select(known => $"hosts that certificate '{known.Name}' covers: {string.Join(", ", known.Args.Hosts)}")),
            own.Count == 0 ? $"Add a certificate of '{zone.Name}' to Certificates" : $"Add the host to Hosts of '{own[0].Name}'");
    }

    private void CheckRedirect(Guard guard, Redirect redirect)
    {
        const string To = "Redirects.To";
        CheckHost(guard, "Redirects.Host", redirect.Host, redirect.Zone);
        if (!HasName) return;
        var host = ZoneOf(redirect.Zone).FullName(redirect.Host);
        guard.Require(
            !FullRoutes.Any(route => route.Host == host && route.Path == "/"),
            "Redirects.Host",
            $"'{redirect.Host}', which a route takes already",
            "hosts without a route of every path",
            "Remove the redirect, or the route");
        var target = FullTarget(redirect);
        if (!DnsZoneArgs.IsDomain(target) || redirect.To.StartsWith('*'))
        {
            guard.Refuse(To, $"'{redirect.To}'", "one host: @ or labels relative to the domain, or a name in full with a final dot");
            return;
        }

        // Of what takes every path of the target, the most specific decides, as on every cloud.
        var taker = FullRoutes.Where(route => route.Path == "/").Select(route => (route.Host, IsRedirect: false))
            .Concat(FullRedirects.Select(other => (other.Host, IsRedirect: true)))
            .Where(entry => Matches(entry.Host, target))
            .OrderBy(entry => entry.Host.StartsWith('*'))
            .ThenByDescending(entry => entry.Host.Length)
            .FirstOrDefault();
        if (taker.IsRedirect)
        {
            guard.Refuse(
                To,
                $"'{redirect.To}', which is redirected itself",
                "a host that a route serves",
                "Name the last host, with a route of every path");
            return;
        }

        guard.Require(
            redirect.To.EndsWith('.') || FullRoutes.Any(route => Matches(route.Host, target)),
            To,
            $"'{redirect.To}', which is '{target}' in full",
            "a host that a route serves, or a name in full with a final dot, such as www.example.com.",
            "Add a route for it, or write the name in full");
    }

    private string FullTarget(Redirect redirect) =>
        redirect.To.EndsWith('.') ? redirect.To[..^1] : ZoneOf(redirect.ToZone ?? redirect.Zone).FullName(redirect.To);

    private static string Name(Route route) => $"{route.Host}{(route.Path == "/" ? "" : route.Path)}";

    // A wildcard stands for one label or several, on every cloud.
    private static bool Matches(string pattern, string host) =>
        pattern.StartsWith('*') ? host.EndsWith(pattern[1..], StringComparison.Ordinal) : pattern == host;

    [GeneratedRegex(@"^/\z|^(/[A-Za-z0-9._~-]+)+\z")]
    private static partial Regex PathPrefix();
}

/// <summary>What a load balancer's address is.</summary>
public enum AddressKind
{
    /// <summary>An IPv4 address.</summary>
    Ip,

    /// <summary>A host name, whose addresses change.</summary>
    HostName,
}

/// <summary>What every cloud gives for a load balancer.</summary>
public interface ILoadBalancer
{
    /// <summary>The address that DNS records point at.</summary>
    Output<string> Address { get; }

    /// <summary>What the address is: clouds differ, and DNS must accept both.</summary>
    AddressKind AddressKind { get; }

    /// <summary>
    /// Where it is found: the first route's exact host over HTTPS or, in a stack without a domain, the address over plain HTTP; empty where
    /// it has neither.
    /// </summary>
    Output<string> Url { get; }
}

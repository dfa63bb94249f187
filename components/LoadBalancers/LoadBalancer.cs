using System.Text.RegularExpressions;
using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.LoadBalancers;

/// <summary>Where HTTP traffic enters: HTTPS with a certificate, HTTP redirected to it, and routes by host and path to services.</summary>
public sealed class LoadBalancer(string name, LoadBalancerArgs args) : Component<LoadBalancerArgs>(name, args)
{
    /// <inheritdoc/>
    public override ComponentKind Kind => LoadBalancerKind.Instance;

    /// <inheritdoc/>
    public override IEnumerable<Component> References => [Args.Certificate, .. Args.Routes.Select(route => route.Service).Distinct()];
}

/// <summary>
/// Sends requests to a service. Routes are tried from the most specific to the least: exact hosts, then longer paths, first.
/// </summary>
/// <param name="Service">The service.</param>
/// <param name="Host">
/// The host, relative to the domain of the certificate's zone: exact, <c>@</c> for the domain itself, or a wildcard such as <c>*</c> and
/// <c>*.preview</c>. Clouds differ beyond these.
/// </param>
/// <param name="Path">The path's prefix, in whole segments. Default: every path.</param>
public sealed record Route(ContainerService Service, string Host, string Path = "/");

/// <summary>The arguments of a load balancer.</summary>
public sealed partial record LoadBalancerArgs : Arguments
{
    /// <summary>The certificate of the HTTPS listener; it must cover the host of every route.</summary>
    public required Certificate Certificate { get; init; }

    /// <summary>
    /// Where requests go; others are answered 404. One at least, 100 at most (the default quota of an AWS load balancer's rules).
    /// </summary>
    public required IReadOnlyList<Route> Routes { get; init; }

    /// <summary>After how many idle seconds a connection is closed, 1 to 4000 (the range of an AWS load balancer). Default: 60.</summary>
    public int IdleTimeoutSeconds { get; init; } = 60;

    /// <summary>The routes with their hosts in full.</summary>
    public IReadOnlyList<Route> FullRoutes =>
        [.. Routes.Select(route => route with { Host = Certificate.Args.Zone.Args.FullName(route.Host) })];

    /// <summary>The routes in the order in which they must be tried, with their hosts in full.</summary>
    public IEnumerable<Route> RoutesBySpecificity => FullRoutes
        .OrderBy(route => route.Host.StartsWith('*'))
        .ThenBy(route => route.Host, StringComparer.Ordinal)
        .ThenByDescending(route => route.Path.Length)
        .ThenBy(route => route.Path, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        new("routes", string.Join(", ", RoutesBySpecificity.Select(route => $"{route.Host}{(route.Path == "/" ? "" : route.Path)}"))),
        new("idle timeout", Decision.Counted(IdleTimeoutSeconds, "seconds")),
    ];

    /// <inheritdoc/>
    public override Arguments Referring(References replacement) => this with
    {
        Certificate = replacement.Of(Certificate),
        Routes = [.. Routes.Select(route => route with { Service = replacement.Of(route.Service) })],
    };

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        guard.InRange(nameof(IdleTimeoutSeconds), IdleTimeoutSeconds, 1, 4000, "seconds");
        guard.InRange(nameof(Routes), Routes.Count, 1, 100, "routes");
        foreach (var route in Routes)
        {
            Certificate.Args.Zone.Args.CheckHost(guard, "Routes.Host", route.Host);
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
                $"Set Port of '{route.Service.Name}', or remove the route");
            guard.Require(
                Certificate.Args.Covers(route.Host),
                "Routes.Host",
                $"'{route.Host}'",
                $"hosts that certificate '{Certificate.Name}' covers: {string.Join(", ", Certificate.Args.Hosts)}",
                $"Add the host to Hosts of '{Certificate.Name}'");
        }

        foreach (var twice in Routes.GroupBy(route => (route.Host, route.Path)).Where(group => group.Count() > 1))
        {
            guard.Refuse(
                nameof(Routes),
                $"two routes for {Certificate.Args.Zone.Args.FullName(twice.Key.Host)}{twice.Key.Path}",
                "one route for a host and path",
                "Remove one of them");
        }
    }

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
}

using Infra.Components.Certificates;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.LoadBalancers;

public sealed class LoadBalancerArgsTests
{
    public static TheoryData<string, LoadBalancerArgs> Refused => new()
    {
        { "IdleTimeoutSeconds", Of(idle: 0) },
        { "IdleTimeoutSeconds", Of(idle: 4001) },
        { "Routes", Of(routes: []) },
        { "Routes", Of(routes: [.. Enumerable.Range(1, 101).Select(number => To(path: $"/p{number}"))]) },
        { "Routes", Of(routes: [To(), To()]) },
        { "Routes.Host", Of(routes: [To("shop.other")]) },
        { "Routes.Host", Of(routes: [To("w?w")]) },
        { "Routes.Host", Of(routes: [To("www.shop.example")]) },
        { "Routes.Path", Of(routes: [To(path: "api")]) },
        { "Routes.Path", Of(routes: [To(path: "/api/")]) },
        { "Routes.Path", Of(routes: [To(path: "/api/*")]) },
        { "Routes", Of(routes: [], redirects: []) },
        { "Routes", Of(routes: [.. Enumerable.Range(1, 100).Select(number => To(path: $"/p{number}"))], redirects: [new("a", "www")]) },
        { "Redirects", Of(redirects: [new("a", "www"), new("a", "www.example.com.")]) },
        { "Redirects.Host", Of(redirects: [new("a.b", "www")]) },
        { "Redirects.Host", Of(redirects: [new("a.shop.example", "www")]) },
        { "Redirects.Host", Of(redirects: [new("www", "www.example.com.")]) },
        { "Redirects.To", Of(redirects: [new("a", "*")]) },
        { "Redirects.To", Of(redirects: [new("a", "")]) },
        { "Redirects.To", Of(redirects: [new("a", "https://www.example.com")]) },
        { "Redirects.To", Of(redirects: [new("a", "www.example.com")]) },
        { "Redirects.To", Of(redirects: [new("a", "a")]) },
        { "Redirects.To", Of(redirects: [new("a", "b"), new("b", "www")]) },
        { "Redirects.To", Of(redirects: [new("*", "b")]) },
        { "Redirects.To", Of(redirects: [new("*", "other.shop.example.")]) },
        { "Redirects.To", Of(routes: [To(path: "/api")], redirects: [new("*", "www")]) },
        { "Routes.Service", Of(routes: [new(new ContainerService("worker"), "www")]) },
        { "Routes.Login.User", Of(routes: [To() with { Login = new("", new("door")) }]) },
        { "Routes.Login.User", Of(routes: [To() with { Login = new("a:b", new("door")) }]) },
        { "Routes.Login.User", Of(routes: [To() with { Login = new(new string('a', 101), new("door")) }]) },
        { "RequestsPerMinute", Of() with { RequestsPerMinute = 9 } },
        { "RequestsPerMinute", Of() with { RequestsPerMinute = 1_000_001 } },
        { "Certificates", Of(certificates: 26) },
        { "Certificates", Twice() },
        { "Certificates", Half() },
        { "AllowedSources", Of(sources: ["203.0.113.7"]) },
        { "AllowedSources", Of(sources: ["203.0.113.7/24"]) },
        { "AllowedSources", Of(sources: ["0.0.0.0/0"]) },
        { "AllowedSources", Of(sources: ["2001:db8::/64"]) },
        { "AllowedSources", Of(sources: ["203.0.113.0/24", "203.0.113.0/24"]) },
        { "AllowedSources", Of(sources: [.. Enumerable.Range(0, 21).Select(number => $"203.0.{number}.0/24")]) },
        { "Routes.AllowedSources", Of(routes: [To() with { AllowedSources = ["203.0.113.7"] }]) },
        { "Routes.AllowedSources", Of(routes: [To() with { AllowedSources = ["203.0.113.0/24", "203.0.113.0/24"] }]) },
        { "Routes.AllowedSources", Of(sources: ["203.0.113.0/24"], routes: [To() with { AllowedSources = ["203.0.0.0/16"] }]) },
        { "Listeners.Host", Of(listeners: [Enter(8443, ListenerProtocol.TlsPassthrough)]) },
        { "Listeners.Host", Of(listeners: [Enter(8443) with { Host = "db" }]) },
        { "Listeners.Host", Of(listeners: [Enter(8443, ListenerProtocol.TlsPassthrough) with { Host = "db.shop.example" }]) },
        { "Listeners", Of(listeners: [Named("db"), Named("db")]) },
        { "Listeners", Of(listeners: [Named("db"), Enter(8443)]) },
        { "Listeners", Of(listeners: [.. Enumerable.Range(1, 49).Select(number => Enter(9000 + number))]) },
        { "Listeners", Of(listeners: [Enter(8883, ListenerProtocol.Tls), Enter(8883)]) },
        { "Listeners.Port", Of(listeners: [Enter(0)]) },
        { "Listeners.Port", Of(listeners: [Enter(65536)]) },
        { "Listeners.Port", Of(listeners: [Enter(443)]) },
        { "Listeners.Port", Of(listeners: [Enter(80, ListenerProtocol.Udp)]) },
        { "Listeners.Protocol", Of(listeners: [Enter(8883, (ListenerProtocol)7)]) },
        { "Listeners.TargetPort", Of(listeners: [Enter(8883, target: 0)]) },
    };

    public static TheoryData<LoadBalancerArgs> Accepted => new()
    {
        Of(idle: 1),
        Of(certificates: 25),
        Of(listeners: [Named("db"), Named("other")]),
        Of(sources: ["203.0.113.0/24"], routes: [To() with { AllowedSources = ["203.0.113.7/32", "203.0.113.0/24"] }]),
        Of(redirects: [new("*", "www"), new("a", "www")]),
        Of(routes: [], redirects: [new("*", "www.example.com.")]),
        Of(routes: [], listeners: [Enter(1), Enter(65535), Enter(1, ListenerProtocol.Udp, 65535)]),
        Of(listeners: [.. Enumerable.Range(1, 48).Select(number => Enter(9000 + number))]),
        Of(sources: [.. Enumerable.Range(0, 20).Select(number => $"203.0.{number}.0/24")]),
        Of() with { RequestsPerMinute = 10 },
        Of() with { RequestsPerMinute = 1_000_000 },
        Of(routes: [To("*")], redirects: [new("a", "b")]),
        Of(idle: 4000, routes: [.. Enumerable.Range(1, 100).Select(number => To(path: $"/p{number}"))]),
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_a_cloud_would_refuse_minutes_into_an_update_is_refused_before_it(string argument, LoadBalancerArgs args) =>
        Assert.Equal([argument], Refusals.Of(args));

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Bounds_themselves_are_allowed(LoadBalancerArgs args) => Assert.Empty(Refusals.Of(args));

    private static LoadBalancerArgs Twice()
    {
        var args = Of();
        return args with { Certificates = [args.Certificate] };
    }

    // Of two zones, one has a domain.
    private static LoadBalancerArgs Half() => Of() with
    {
        Certificates = [new Certificate("further", new() { Hosts = ["www"], Zone = new DnsZone("other") })],
    };

    private static Route To(string host = "www", string path = "/") =>
        new(new ContainerService("shop", new() { Port = 8080 }), host, path);

    private static Listener Named(string host) => Enter(8443, ListenerProtocol.TlsPassthrough) with { Host = host };

    private static Listener Enter(int port, ListenerProtocol protocol = ListenerProtocol.Tcp, int? target = null) =>
        new(new ContainerService("broker"), port, protocol, target);

    private static LoadBalancerArgs Of(
        int idle = 60,
        IReadOnlyList<Route>? routes = null,
        IReadOnlyList<Redirect>? redirects = null,
        IReadOnlyList<Listener>? listeners = null,
        IReadOnlyList<string>? sources = null,
        int certificates = 0) => new()
    {
        Certificate = new Certificate(
            "certificate",
            new() { Hosts = ["*"], Zone = new DnsZone("zone", new() { Domain = "shop.example" }) }),
        Certificates =
        [
            .. Enumerable.Range(0, certificates).Select(number => new Certificate(
                $"certificate-{number}",
                new() { Hosts = [$"host-{number}"], Zone = new DnsZone("zone", new() { Domain = "shop.example" }) })),
        ],
        Routes = routes ?? [To()],
        Redirects = redirects ?? [],
        Listeners = listeners ?? [],
        AllowedSources = sources ?? [],
        IdleTimeoutSeconds = idle,
    };
}

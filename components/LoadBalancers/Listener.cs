using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.Services;

namespace Infra.Components.LoadBalancers;

/// <summary>What clients of a listener speak.</summary>
public enum ListenerProtocol
{
    /// <summary>TCP, which passes as it comes: a service that speaks TLS by itself ends it itself.</summary>
    Tcp,

    /// <summary>TLS, which the load balancer ends with its certificate: the service gets plain TCP.</summary>
    Tls,

    /// <summary>UDP.</summary>
    Udp,

    /// <summary>
    /// TLS, which passes as it comes to the service of the host that clients name (SNI): services that end it themselves share a port.
    /// </summary>
    TlsPassthrough,
}

/// <summary>
/// Passes what is no HTTP on to a service, such as MQTT, mail, TURN or the protocol of a database: whoever reaches the port, by whatever
/// name, is led there. The service need not speak HTTP, and nobody asks it whether it is well by HTTP on this account.
/// </summary>
/// <param name="Service">The service, which may be a worker.</param>
/// <param name="Port">The port of the load balancer, 1 to 65535, but for 80 and 443, at which HTTP enters.</param>
/// <param name="Protocol">What clients speak. Default: TCP.</param>
/// <param name="TargetPort">The port on which the service listens, 1 to 65535. Default: null, the same.</param>
public sealed record Listener(
    ContainerService Service,
    int Port,
    ListenerProtocol Protocol = ListenerProtocol.Tcp,
    int? TargetPort = null)
{
    /// <summary>
    /// The host that clients name, relative to the domain of the zone, as a route spells it: for TLS that passes as it comes, and nothing
    /// else. Default: null.
    /// </summary>
    public string? Host { get; init; }

    /// <summary>The zone whose domain the host is relative to. Default: that of Certificate.</summary>
    public DnsZone? Zone { get; init; }

    /// <summary>
    /// How many clients are connected at a time at most, 1 to 1000000: what stands between them and the service is told to let as many
    /// through, where it would stop earlier by itself. Nobody else is turned away on this account. Default: null, as many as the cloud's
    /// load balancer lets through by itself: 1024 for each proxy of a cluster's gateway, any number elsewhere.
    /// </summary>
    public int? Connections { get; init; }

    /// <summary>Whether TLS passes as it comes, by the host that clients name.</summary>
    internal bool IsNamed => Protocol == ListenerProtocol.TlsPassthrough;

    /// <summary>The port on which the service listens.</summary>
    internal int Target => TargetPort ?? Port;

    /// <summary>Whether the service gets UDP; otherwise TCP.</summary>
    internal bool IsUdp => Protocol == ListenerProtocol.Udp;

    /// <summary>What the service gets, as clouds and clusters spell it in small letters: <c>tcp</c> or <c>udp</c>.</summary>
    internal string Transport => IsUdp ? "udp" : "tcp";

    /// <summary>What a plan shows of it.</summary>
    internal string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{Port} {(IsNamed ? $"TLS for {Host}" : Protocol.ToString().ToUpperInvariant())} to {Service.Name}"
        + $"{(Target == Port ? "" : $":{Target}")}");

    /// <summary>Refuses what no cloud accepts.</summary>
    internal void Check(Guard guard)
    {
        guard.InRange("Listeners.Port", Port, 1, 65535);
        guard.Require(
            Port is not (80 or 443),
            "Listeners.Port",
            Port,
            "ports other than 80 and 443, at which HTTP enters",
            "Change Listeners.Port, or add a route for HTTP");
        guard.OneOf("Listeners.Protocol", Protocol, Enum.GetValues<ListenerProtocol>());
        guard.Require(
            IsNamed == Host is not null,
            "Listeners.Host",
            Host is null ? null : $"'{Host}'",
            "a host for TlsPassthrough, and none for other protocols",
            IsNamed ? "Set Host" : "Remove Host, or set Protocol to TlsPassthrough");
        if (TargetPort is { } target) guard.InRange("Listeners.TargetPort", target, 1, 65535);
        if (Connections is { } most) guard.InRange("Listeners.Connections", most, 1, 1_000_000, "connections");
    }
}

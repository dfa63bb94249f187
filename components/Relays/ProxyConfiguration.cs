using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Placements;
using Pulumi;

namespace Infra.Components.Relays;

/// <summary>
/// What a relay's proxies are told, on every cloud: HAProxy with one port per target, which passes connections on as they are, and encrypts
/// those to targets that do not speak TLS by themselves.
/// </summary>
internal sealed record ProxyConfiguration
{
    /// <summary>The longest silence of a connection: connections to stores lie idle in pools.</summary>
    public const int IdleSeconds = 3600;

    /// <summary>What is forwarded.</summary>
    public required IReadOnlyList<RelayPort> Ports { get; init; }

    /// <summary>The file with the relay's own certificate, which services without TLS are served with.</summary>
    public required string Certificate { get; init; }

    /// <summary>
    /// The folder with the authorities of targets whose encryption begins anew, each in a file that <see cref="AuthorityOf"/> names; empty
    /// where there are none.
    /// </summary>
    public string Authorities { get; init; } = "";

    /// <summary>
    /// Whether the load balancer in front names the client in a PROXY protocol header; otherwise the client's own packets arrive.
    /// </summary>
    public bool ReadsHeader { get; init; }

    /// <summary>
    /// Whether the proxy itself admits the addresses of a target's consumers and nobody else; false where a firewall in front does so for
    /// every port.
    /// </summary>
    public bool Admits { get; init; } = true;

    /// <summary>Whether a target is encrypted for.</summary>
    public static bool NeedsCertificate(IEnumerable<RelayPort> ports) => ports.Any(port => port.Endpoint.IsServedByRelay);

    /// <summary>The file with the authority of a port's target.</summary>
    public static string AuthorityOf(RelayPort port) => $"{port.Name}.pem";

    /// <summary>The configuration's text.</summary>
    public Output<string> Text() =>
        Output.All(Ports.Select(Listener)).Apply(listeners => string.Join('\n', [.. Settings, .. listeners, ""]));

    private static string[] Settings { get; } =
    [
        "global",
        "  log stdout format raw local0",
        // What the smallest task's memory has room for.
        "  maxconn 4000",
        "  ssl-default-bind-options ssl-min-ver TLSv1.2",
        "defaults",
        "  log global",
        "  mode tcp",
        "  option tcplog",
        "  timeout connect 10s",
        string.Create(CultureInfo.InvariantCulture, $"  timeout client {IdleSeconds}s"),
        string.Create(CultureInfo.InvariantCulture, $"  timeout server {IdleSeconds}s"),
        // Databases fail over and services move: their names stay, their addresses do not.
        "resolvers network",
        "  parse-resolv-conf",
        "  accepted_payload_size 8192",
        "frontend health",
        "  mode http",
        "  http-request set-log-level silent",
        string.Create(CultureInfo.InvariantCulture, $"  bind :{RelayPorts.Health}"),
        "  http-request return status 200",
    ];

    private Output<string> Listener(RelayPort port) => Output
        .Tuple(port.Endpoint.Host, port.Endpoint.Port, Output.All(Admits ? port.Blocks : []))
        .Apply(known => string.Join('\n', Listener(port, known.Item1, known.Item2, known.Item3)));

    private string Encryption(RelayPort port, string host) => port.Endpoint.Authority is null
        ? ""
        : $" ssl verify required verifyhost {host} sni str({host}) ca-file {Authorities}/{AuthorityOf(port)}";

    // A target may be called as a section of ours is: hence the words before its name.
    private IEnumerable<string> Listener(RelayPort port, string host, string targetPort, IEnumerable<string> blocks)
    {
        var bind = string.Create(CultureInfo.InvariantCulture, $"  bind :{port.Number}");
        if (ReadsHeader) bind += " accept-proxy";
        if (port.Endpoint.IsServedByRelay) bind += $" ssl crt {Certificate}";
        yield return $"listen to-{port.Name}";
        yield return bind;
        if (Admits)
        {
            // The header that names the client is read after a connection is accepted and before its session begins. Each address has a
            // line of its own, because a line has 64 words at most (HAProxy's configuration manual: limits).
            var stage = ReadsHeader ? "session" : "connection";
            foreach (var block in blocks) yield return $"  tcp-request {stage} accept if {{ src {block} }}";
            yield return $"  tcp-request {stage} reject";
        }

        yield return port.Endpoint.Addresses > 1
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"  server-template {port.Name}- {port.Endpoint.Addresses} {host}:{targetPort} resolvers network init-addr none")
            : $"  server {port.Name} {host}:{targetPort} resolvers network init-addr none{Encryption(port, host)}";
    }
}

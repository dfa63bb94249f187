using System.Globalization;
using Pulumi;

namespace Infra.Components.Relays.Aws;

/// <summary>What the relay's containers run: HAProxy with a configuration from the environment, so that the official image serves as it is.</summary>
internal static class AwsRelayConfiguration
{
    /// <summary>The variable that holds the configuration.</summary>
    public const string Variable = "CONFIGURATION";

    /// <summary>The variable that holds certificate and key. Secret.</summary>
    public const string Certificate = "CERTIFICATE";

    /// <summary>The shell's command. The key is in no environment but the shell's.</summary>
    public const string Start = $"""
        umask 077
        printf '%s\n' "${Variable}" > /tmp/haproxy.cfg
        if [ -n "${Certificate}" ]; then printf '%s\n' "${Certificate}" > /tmp/certificate.pem; fi
        unset {Certificate} {Variable}
        exec haproxy -W -db -f /tmp/haproxy.cfg
        """;

    /// <summary>The configuration for some ports.</summary>
    public static Output<string> Of(IReadOnlyList<AwsRelayPort> ports) =>
        Output.All(ports.Select(Listener)).Apply(listeners => string.Join('\n', [.. Settings, .. listeners]));

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
        "  timeout client 1h",
        "  timeout server 1h",
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

    private static Output<string> Listener(AwsRelayPort port) =>
        Output.Tuple(port.Endpoint.Host, Output.All(Origin.BlocksOf(port.Origins))).Apply(known => string.Join('\n', Listener(port, known.Item1, known.Item2)));

    private static IEnumerable<string> Listener(AwsRelayPort port, string host, IEnumerable<string> sources) =>
    [
        $"listen {port.Target.Name}",
        $"  bind :{port.Text}{(port.Endpoint.SpeaksTls ? "" : " ssl crt /tmp/certificate.pem")}",
        .. ProxyAdmission.Rules(sources),
        string.Create(
            CultureInfo.InvariantCulture,
            $"  server-template {port.Target.Name}- {port.Endpoint.Addresses} {host}:{port.Endpoint.Port} resolvers network init-addr none"),
    ];
}

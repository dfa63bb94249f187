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
        Output.All(ports.Select(port => port.Endpoint.Host)).Apply(hosts => string.Join('\n', Lines(ports, hosts)));

    private static IEnumerable<string> Lines(IReadOnlyList<AwsRelayPort> ports, IReadOnlyList<string> hosts) =>
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
        // Health checks of the load balancer say nothing.
        "  option dontlognull",
        "  timeout connect 10s",
        "  timeout client 1h",
        "  timeout server 1h",
        // Databases fail over and services move: their names stay, their addresses do not.
        "resolvers network",
        "  parse-resolv-conf",
        "  accepted_payload_size 8192",
        .. ports.SelectMany((port, index) => Listener(port, hosts[index])),
    ];

    private static IEnumerable<string> Listener(AwsRelayPort port, string host) =>
    [
        $"listen {port.Target.Name}",
        $"  bind :{port.Text}{(port.Endpoint.SpeaksTls ? "" : " ssl crt /tmp/certificate.pem")}",
        string.Create(
            CultureInfo.InvariantCulture,
            $"  server-template {port.Target.Name}- {port.Endpoint.Addresses} {host}:{port.Endpoint.Port} resolvers network init-addr none"),
    ];
}

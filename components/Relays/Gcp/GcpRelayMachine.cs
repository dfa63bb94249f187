using System.Globalization;
using Pulumi;

namespace Infra.Components.Relays.Gcp;

/// <summary>What a machine of the relay runs: HAProxy in a container of the host's network, configured once at start. A change replaces the machines.</summary>
internal static class GcpRelayMachine
{
    /// <summary>A long-term version of HAProxy, of Docker's official images.</summary>
    private const string Image = "docker.io/library/haproxy:3.2.4-alpine";

    // Fetches the certificate with the machine's identity: the key is in no metadata, which more people may read than secrets.
    private const string FetchCertificate = """
        set -eu
        token=$(curl -sf -H 'Metadata-Flavor: Google' http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
        curl -sf -H "Authorization: Bearer $token" "https://secretmanager.googleapis.com/v1/$1:access" | sed -n 's/.*"data": *"\([^"]*\)".*/\1/p' | base64 -d > /etc/relay/relay.pem
        """;

    /// <summary>The machine's cloud-config.</summary>
    /// <param name="ports">The ports.</param>
    /// <param name="healthPort">The port that health checks ask.</param>
    /// <param name="certificate">The full name of the secret version with certificate and key; null without one.</param>
    public static Output<string> CloudConfig(IReadOnlyList<GcpRelayPort> ports, int healthPort, Output<string>? certificate)
    {
        var backends = ports.Select(port => Output.Format($"{port.Address}:{port.TargetPort}"));
        return Output.All([.. backends, certificate ?? Output.Create("")]).Apply(values => Compose(ports, values[..^1], healthPort, values[^1]));
    }

    private static string Compose(IReadOnlyList<GcpRelayPort> ports, IReadOnlyList<string> backends, int healthPort, string certificate)
    {
        var fetch = certificate.Length == 0 ? "" : $"ExecStartPre=/bin/sh /etc/relay/fetch.sh {certificate}\n";
        var unit = $"""
            [Unit]
            After=network-online.target docker.service
            Wants=network-online.target
            Requires=docker.service

            [Service]
            Environment=HOME=/home/relay
            {fetch}ExecStartPre=/sbin/iptables -w -A INPUT -p tcp -m multiport --dports {healthPort},{string.Join(',', ports.Select(port => port.Port))} -j ACCEPT
            ExecStartPre=-/usr/bin/docker rm -f relay
            ExecStart=/usr/bin/docker run --rm --name relay --network host -v /etc/relay:/usr/local/etc/haproxy:ro {Image}
            Restart=always
            RestartSec=5
            """;
        return string.Join('\n',
        [
            "#cloud-config",
            "write_files:",
            .. File("/etc/relay/haproxy.cfg", Configuration(ports, backends, healthPort)),
            .. File("/etc/relay/fetch.sh", FetchCertificate),
            .. File("/etc/systemd/system/relay.service", unit),
            "runcmd:",
            "- systemctl daemon-reload",
            "- systemctl start relay.service",
            "",
        ]);
    }

    private static string Configuration(IReadOnlyList<GcpRelayPort> ports, IReadOnlyList<string> backends, int healthPort) => string.Join('\n',
    [
        "global",
        "  log stdout format raw local0",
        "  ssl-default-bind-options ssl-min-ver TLSv1.2",
        "defaults",
        "  log global",
        "  timeout connect 10s",
        "  timeout client 1h",
        "  timeout server 1h",
        "frontend health",
        "  mode http",
        string.Create(CultureInfo.InvariantCulture, $"  bind :{healthPort}"),
        "  http-request return status 200",
        .. ports.SelectMany((port, index) => Listener(port, backends[index])),
    ]);

    private static IEnumerable<string> Listener(GcpRelayPort port, string backend) =>
    [
        $"listen {port.Target.Name}",
        port.SpeaksTls ? "  mode tcp" : "  mode http",
        string.Create(CultureInfo.InvariantCulture, $"  bind :{port.Port}{(port.SpeaksTls ? "" : " ssl crt /usr/local/etc/haproxy/relay.pem")}"),
        $"  server {port.Target.Name} {backend} check",
    ];

    private static IEnumerable<string> File(string path, string content) =>
    [
        $"- path: {path}",
        "  content: |",
        .. content.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? "" : $"    {line}"),
    ];
}

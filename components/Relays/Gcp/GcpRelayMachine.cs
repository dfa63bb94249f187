using Infra.Components.Clouds;
using Infra.Components.Placements;
using Pulumi;

namespace Infra.Components.Relays.Gcp;

/// <summary>
/// What a machine of the relay runs: HAProxy in a container of the host's network, configured once at start. A change replaces the
/// machines.
/// </summary>
internal static class GcpRelayMachine
{
    private const string Folder = "/etc/relay";
    private const string FolderInContainer = "/usr/local/etc/haproxy";
    private const string Certificate = "relay.pem";

    // Fetches the certificate with the machine's identity: the key is in no metadata, which more people may read than secrets.
    private const string FetchCertificate = $$"""
        set -eu
        account=http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default
        token=$(curl -sf -H 'Metadata-Flavor: Google' $account/token | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
        curl -sf -H "Authorization: Bearer $token" "https://secretmanager.googleapis.com/v1/$1:access" |
          sed -n 's/.*"data": *"\([^"]*\)".*/\1/p' | base64 -d > {{Folder}}/{{Certificate}}
        """;

    private static string Image => PinnedImage.HaProxy.OnDockerHub;

    /// <summary>The machine's cloud-config.</summary>
    /// <param name="ports">What it leads to.</param>
    /// <param name="certificate">The full name of the secret version with certificate and key; null without one.</param>
    public static Output<string> CloudConfig(IReadOnlyList<RelayPort> ports, Output<string>? certificate)
    {
        // The firewall admits each target's consumers to its port, and sees their own addresses.
        var proxy = new ProxyConfiguration { Ports = ports, Certificate = $"{FolderInContainer}/{Certificate}", Admits = false };
        return Output.Tuple(proxy.Text(), certificate ?? Output.Create("")).Apply(known => Compose(known.Item1, known.Item2));
    }

    private static string Compose(string configuration, string certificate)
    {
        var fetch = certificate.Length == 0 ? "" : $"ExecStartPre=/bin/sh {Folder}/fetch.sh {certificate}\n";
        // The machine's own filter opens every port that a target may have: a line takes 15 ports, of which a range is two.
        var openPorts = $"{RelayPorts.Health},{RelayPorts.First}:{RelayPorts.Last}";
        var unit = $"""
            [Unit]
            After=network-online.target docker.service
            Wants=network-online.target
            Requires=docker.service

            [Service]
            Environment=HOME=/home/relay
            {fetch}ExecStartPre=/sbin/iptables -w -A INPUT -p tcp -m multiport --dports {openPorts} -j ACCEPT
            ExecStartPre=-/usr/bin/docker rm -f relay
            ExecStart=/usr/bin/docker run --rm --name relay --network host -v {Folder}:{FolderInContainer}:ro {Image}
            Restart=always
            RestartSec=5
            """;
        return string.Join('\n',
        [
            "#cloud-config",
            "write_files:",
            .. File($"{Folder}/haproxy.cfg", configuration),
            .. File($"{Folder}/fetch.sh", FetchCertificate),
            .. File("/etc/systemd/system/relay.service", unit),
            "runcmd:",
            "- systemctl daemon-reload",
            "- systemctl start relay.service",
            "",
        ]);
    }

    private static IEnumerable<string> File(string path, string content) =>
    [
        $"- path: {path}",
        "  content: |",
        .. content.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? "" : $"    {line}"),
    ];
}

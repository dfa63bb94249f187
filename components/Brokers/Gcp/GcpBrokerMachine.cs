using Infra.Components.Clouds;

namespace Infra.Components.Brokers.Gcp;

/// <summary>
/// What the machine of a message broker runs: RabbitMQ in a container of the host's network, whose messages lie on a disk of their own. The
/// script runs at every start of the machine; a change of it replaces the machine, and the disk moves to the next one.
/// </summary>
internal static class GcpBrokerMachine
{
    /// <summary>The name by which the machine knows the disk.</summary>
    public const string Disk = "messages";

    /// <summary>Where the management API answers, over TLS.</summary>
    public const int ManagementPort = 15671;

    // The user of the official image.
    private const int ImageUser = 999;

    private const string Folder = "/etc/broker";
    private const string Mount = $"/mnt/disks/{Disk}";

    /// <summary>The machine's start script.</summary>
    /// <param name="args">What is asked of the broker.</param>
    /// <param name="certificate">The full name of the secret version with the server's certificate and its key.</param>
    /// <param name="password">The full name of the secret version with the administrator's password.</param>
    public static string Script(MessageBrokerArgs args, string certificate, string password) => $$"""
        #!/bin/bash
        set -eu

        disk=/dev/disk/by-id/google-{{Disk}}
        blkid "$disk" > /dev/null || mkfs.ext4 -q -m 0 "$disk"
        mkdir -p {{Mount}} {{Folder}}
        # {{args.StorageGiB}} GiB: another size is another script, and so another start, at which the file system grows.
        mountpoint -q {{Mount}} || mount -o discard,nodev,nosuid "$disk" {{Mount}}
        resize2fs "$disk"
        mkdir -p {{Mount}}/rabbitmq

        account=http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default
        secret() {
          token=$(curl -sf -H 'Metadata-Flavor: Google' $account/token | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
          curl -sf -H "Authorization: Bearer $token" "https://secretmanager.googleapis.com/v1/$1:access" |
            sed -n 's/.*"data": *"\([^"]*\)".*/\1/p' | base64 -d
        }
        umask 077
        until secret {{certificate}} > {{Folder}}/server.pem && [ -s {{Folder}}/server.pem ]; do sleep 5; done
        until password=$(secret {{password}}) && [ -n "$password" ]; do sleep 5; done
        cat > {{Folder}}/rabbitmq.conf <<CONF
        {{Configuration(args.Mqtt)}}
        default_pass = $password
        CONF
        echo '[{{(args.Mqtt ? "rabbitmq_management,rabbitmq_mqtt" : "rabbitmq_management")}}].' > {{Folder}}/enabled_plugins
        chown -R {{ImageUser}} {{Folder}}

        cat > /etc/systemd/system/broker.service <<'UNIT'
        [Unit]
        Requires=docker.service
        After=docker.service

        [Service]
        Environment=HOME=/home/broker
        ExecStartPre=-/usr/bin/docker rm -f broker
        ExecStart=/usr/bin/docker run --rm --name broker --network host --ulimit nofile=262144:262144 \
          -v {{Folder}}:{{Folder}}:ro -v {{Mount}}/rabbitmq:/var/lib/rabbitmq \
          -e RABBITMQ_NODENAME=rabbit@localhost -e RABBITMQ_USE_LONGNAME=false \
          -e RABBITMQ_CONFIG_FILE={{Folder}}/rabbitmq.conf -e RABBITMQ_ENABLED_PLUGINS_FILE={{Folder}}/enabled_plugins \
          {{PinnedImage.RabbitMq.OnDockerHub}}
        ExecStop=/usr/bin/docker stop --time 60 broker
        Restart=always
        RestartSec=5
        UNIT
        iptables -w -C {{Rule(args.Mqtt)}} 2> /dev/null || iptables -w -A {{Rule(args.Mqtt)}}
        systemctl daemon-reload
        systemctl start broker.service

        # What a newer version brings is enabled: the version after that does not start without.
        until docker exec broker rabbitmqctl await_startup; do sleep 5; done
        docker exec broker rabbitmqctl enable_feature_flag all

        """;

    // The machine's own filter opens what it speaks.
    private static string Rule(bool mqtt) =>
        $"INPUT -p tcp -m multiport --dports {string.Join(',', Ports(mqtt))} -j ACCEPT";

    private static int[] Ports(bool mqtt) => mqtt
        ? [PlacedMessageBroker.AmqpPort, PlacedMessageBroker.SecureMqttPort, ManagementPort]
        : [PlacedMessageBroker.AmqpPort, ManagementPort];

    private static string Configuration(bool mqtt) => string.Join('\n',
    [
        $"default_user = {BrokerScript.Administrator}",
        .. RabbitMqConfiguration.Lines(mqtt),
        "auth_mechanisms.1 = PLAIN",
        "auth_mechanisms.2 = AMQPLAIN",
        "listeners.tcp = none",
        $"listeners.ssl.default = {PlacedMessageBroker.AmqpPort}",
        .. Certified("ssl_options"),
        "ssl_options.verify = verify_none",
        "ssl_options.fail_if_no_peer_cert = false",
        $"management.ssl.port = {ManagementPort}",
        .. Certified("management.ssl"),
        .. mqtt
            ? new[]
            {
                "mqtt.listeners.tcp = none",
                $"mqtt.listeners.ssl.default = {PlacedMessageBroker.SecureMqttPort}",
            }
            : [],
        "disk_free_limit.absolute = 2GB",
    ]);

    private static string[] Certified(string what) =>
        [$"{what}.certfile = {Folder}/server.pem", $"{what}.keyfile = {Folder}/server.pem"];
}

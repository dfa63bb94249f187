using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Components.Brokers;

/// <summary>
/// A broker of MQTT 3.1.1 and 5 for devices out in the world, which prove by certificates of the company's own authority who they are: the
/// arguments of a service that runs Eclipse Mosquitto, and of the listener of a load balancer that leads to it. A device is called as the
/// common name (CN) of its certificate says, whatever client id it claims, and publishes and subscribes below its own topic alone
/// (<c>frames/frame-17/#</c>). It has neither a login nor an entry anywhere. Services come by the private network, each with a login, and
/// reach every device. Because both authorities and the host's name are given, a broker on another cloud is the same one to devices.
/// RabbitMQ, of which <see cref="MessageBroker"/> is made, wants a user for each certificate, shows every client one certificate, and
/// speaks no MQTT as Amazon MQ.
/// </summary>
public sealed partial record DeviceBroker
{
    /// <summary>Where devices come in, over TLS (IANA: secure-mqtt).</summary>
    public const int DevicePort = 8883;

    /// <summary>
    /// Where the container listens to services, without TLS, as services do inside the network; from another cloud the relay encrypts.
    /// </summary>
    public const int ServicePort = 1883;

    // A task of AWS Fargate opens 65535 files at most (Amazon ECS documentation: resource limits), of which the broker needs some itself.
    private const int MostConnections = 60_000;
    private const int OtherFiles = 1_000;

    // The largest message of the protocol has 256 MiB (OASIS, MQTT 5.0: section 1.5.5).
    private const int LargestMessageKiB = 256 * 1024;

    // The user of the official image, and its group.
    private const int ImageUser = 1883;

    private const string Folder = "/etc/broker";
    private const string Data = "/mosquitto/data";

    // What is written in clear is hashed before the broker reads it. A container that may not open as many files as devices need does not
    // start, rather than turning devices away one day.
    private static readonly string Start = $$"""
        set -eu
        umask 077
        cp {{Folder}}/logins /tmp/logins
        mosquitto_passwd -U /tmp/logins
        ulimit -n "$FILES"
        exec mosquitto -c {{Folder}}/broker.conf
        """;

    /// <summary>
    /// The certificates of the authority that signs those of devices, as PEM. They are public: from the repository
    /// (<see cref="Text.FromRepository"/>), or a secret of the stack file.
    /// </summary>
    public required Text Authority { get; init; }

    /// <summary>
    /// The broker's own certificate for the host's name, with those that lead to the authority that devices trust, as PEM: the same one on
    /// every cloud.
    /// </summary>
    public required Text Certificate { get; init; }

    /// <summary>The private key of <see cref="Certificate"/>, as PEM without a password: a secret.</summary>
    public required Text Key { get; init; }

    /// <summary>
    /// The logins of services, by their names of 2 to 40 small letters, digits and hyphens, each with the secret that holds its password,
    /// of any characters but colons and line breaks. One at least. All of them publish and subscribe below <see cref="Topic"/> and read
    /// what the broker says of itself (<c>$SYS/#</c>). What a service claims as its client id must be no name of a device, which would
    /// otherwise take over its connection.
    /// </summary>
    public required IReadOnlyDictionary<string, Text> Logins { get; init; }

    /// <summary>
    /// The revoked certificates of devices, as the authority's list (CRL) in PEM: of each of its authorities, and within its time, or
    /// nobody comes in. Default: null, none is revoked.
    /// </summary>
    public Text? Revoked { get; init; }

    /// <summary>
    /// The topic below which every device has its own, such as <c>frames</c> for <c>frames/frame-17/#</c>: levels of letters, digits,
    /// hyphens and underscores. Default: <c>devices</c>.
    /// </summary>
    public string Topic { get; init; } = "devices";

    /// <summary>
    /// How many devices are connected at a time at most, 1 to 60000. Each takes 20 KiB of memory while it is silent (measured with
    /// Mosquitto 2.0 and OpenSSL 3), which Size must have room for, beside messages that wait. Default: 1000.
    /// </summary>
    public int Connections { get; init; } = 1_000;

    /// <summary>
    /// For how many days the broker keeps the subscriptions of a device that is away, and the messages that wait for it, 1 to 365.
    /// Default: 14.
    /// </summary>
    public int KeptDays { get; init; } = 14;

    /// <summary>The largest message in KiB, 1 to 262144. What is larger closes its sender's connection. Default: 1024.</summary>
    public int LargestKiB { get; init; } = 1_024;

    /// <summary>
    /// The arguments of the service that it is: one replica, whose subscriptions and waiting messages outlive it on a volume. What the
    /// system wants otherwise, such as Size, it says by <c>with</c>. An update of it is an interruption of seconds, after which devices
    /// come back by themselves.
    /// </summary>
    public ContainerServiceArgs Service => new()
    {
        Port = ServicePort,
        Scaling = new() { AtMostOne = true },
        HealthCheck = new() { Protocol = HealthProtocol.Tcp },
        User = ImageUser,
        Group = ImageUser,
        EntryPoint = ["/bin/sh", "-c", Start],
        Environment = new() { ["FILES"] = (Connections + OtherFiles).ToString(CultureInfo.InvariantCulture) },
        Files = Files,
        // What waits is of no use to a backup of yesterday.
        Volumes = [new() { Path = Data, BackupDays = 0 }],
        Devices = this,
    };

    private Files Files
    {
        get
        {
            var files = new Files
            {
                [$"{Folder}/broker.conf"] = Configuration,
                [$"{Folder}/logins"] = Passwords,
                [$"{Folder}/rights-of-services"] = Text.Of(RightsOfServices),
                [$"{Folder}/rights-of-devices"] = Text.Of($"pattern readwrite {Topic}/%u/#\n"),
                [$"{Folder}/devices.pem"] = Authority,
                [$"{Folder}/server.pem"] = Certificate,
                [$"{Folder}/server.key"] = Key,
            };
            if (Revoked is not null) files[$"{Folder}/revoked.pem"] = Revoked;
            return files;
        }
    }

    private Text Passwords
    {
        get
        {
            var lines = new Text(0, Logins.Count);
            foreach (var (login, password) in Logins.OrderBy(login => login.Key, StringComparer.Ordinal))
            {
                lines.AppendLiteral($"{login}:");
                lines.AppendFormatted(password);
                lines.AppendLiteral("\n");
            }

            return lines;
        }
    }

    private string RightsOfServices => string.Concat(Logins.Keys
        .Order(StringComparer.Ordinal)
        .Select(login => $"user {login}\ntopic readwrite {Topic}/#\ntopic read $SYS/#\n"));

    // Each listener has rights of its own: a device whose certificate bears the name of a login has none of its rights.
    private string Configuration => string.Join('\n',
    [
        "per_listener_settings true",
        "persistence true",
        $"persistence_location {Data}/",
        "autosave_interval 60",
        string.Create(CultureInfo.InvariantCulture, $"persistent_client_expiration {KeptDays}d"),
        string.Create(CultureInfo.InvariantCulture, $"message_size_limit {LargestKiB * 1024}"),
        "log_dest stdout",
        "log_timestamp_format %Y-%m-%dT%H:%M:%S",
        "log_type error",
        "log_type warning",
        // Health checks connect and say nothing, day and night.
        "connection_messages false",
        string.Create(CultureInfo.InvariantCulture, $"listener {ServicePort}"),
        "allow_anonymous false",
        "password_file /tmp/logins",
        $"acl_file {Folder}/rights-of-services",
        string.Create(CultureInfo.InvariantCulture, $"listener {DevicePort}"),
        "allow_anonymous false",
        $"cafile {Folder}/devices.pem",
        $"certfile {Folder}/server.pem",
        $"keyfile {Folder}/server.key",
        .. Revoked is null ? Array.Empty<string>() : [$"crlfile {Folder}/revoked.pem"],
        "require_certificate true",
        "use_identity_as_username true",
        // Nobody takes over another's session by its client id.
        "use_username_as_clientid true",
        $"acl_file {Folder}/rights-of-devices",
        string.Create(CultureInfo.InvariantCulture, $"max_connections {Connections}"),
        "",
    ]);

    /// <summary>The listener of a load balancer by which devices reach it: TLS passes as it comes.</summary>
    /// <param name="service">The service that was declared with <see cref="Service"/>.</param>
    public Listener Entrance(ContainerService service) => new(service, DevicePort) { Connections = Connections };

    /// <summary>
    /// The variables by which a service logs in, beside those that its link to the broker sets (<c>&lt;PREFIX&gt;_HOST</c>, <c>_PORT</c>
    /// and, from another cloud, <c>_CA</c>): <c>&lt;PREFIX&gt;_USERNAME</c>, <c>_PASSWORD</c> and <c>_MQTT_URL</c>, which has all of it, of
    /// the scheme <c>mqtt</c>, or <c>mqtts</c> from another cloud.
    /// </summary>
    /// <param name="service">The service that was declared with <see cref="Service"/>.</param>
    /// <param name="login">One of <see cref="Logins"/>.</param>
    /// <param name="prefix">What the names begin with, as the link's do, such as <c>FRAMES</c>.</param>
    public Variables LoginOf(ContainerService service, string login, string prefix)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(login);

        // One that there is not is reported with the broker's other arguments.
        var password = Logins.GetValueOrDefault(login) ?? Text.Of("");
        Text url = $"{service["CA"].WhenAny("mqtts", "mqtt")}://{login}:{password:url}@{service["HOST"]}:{service["PORT"]}";
        return new() { [$"{prefix}_USERNAME"] = login, [$"{prefix}_PASSWORD"] = password, [$"{prefix}_MQTT_URL"] = url };
    }

    /// <summary>Reports what the broker does not accept.</summary>
    /// <param name="guard">Where findings go.</param>
    internal void Check(Guard guard)
    {
        guard.Matches(
            $"Devices.{nameof(Topic)}",
            Topic,
            Levels(),
            "levels of letters, digits, hyphens and underscores, with slashes between them, such as frames");
        guard.InRange($"Devices.{nameof(Connections)}", Connections, 1, MostConnections, "connections");
        guard.InRange($"Devices.{nameof(KeptDays)}", KeptDays, 1, 365, "days");
        guard.InRange($"Devices.{nameof(LargestKiB)}", LargestKiB, 1, LargestMessageKiB, "KiB");
        guard.Require(
            Logins.Count > 0,
            $"Devices.{nameof(Logins)}",
            "none",
            "one login at least, or no service reaches a device",
            "Declare a Secret, and add a login with it");
        foreach (var (login, password) in Logins)
        {
            guard.Matches(
                $"Devices.{nameof(Logins)}",
                login,
                LoginForm(),
                "2 to 40 small letters, digits and hyphens that start with a letter and do not end with a hyphen");
            RequireSecret($"Devices.{nameof(Logins)}['{login}']", password, guard);
        }

        RequireSecret($"Devices.{nameof(Key)}", Key, guard);
    }

    private static void RequireSecret(string argument, Text text, Guard guard) => guard.Require(
        text.Literal is null,
        argument,
        "a text in the code",
        "a secret, which the stack file gives or the program generates",
        "Declare a Secret, and name it here");

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,60}(/[A-Za-z0-9_-]{1,60}){0,5}\z")]
    private static partial Regex Levels();

    [GeneratedRegex(@"^(?=.{2,40}\z)[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex LoginForm();
}

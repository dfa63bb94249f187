using System.Text.RegularExpressions;
using Infra.Components.Caches;
using Infra.Components.Certificates;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.Jobs;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Components.Streams;
using Infra.Components.Systems;

namespace Infra.Tests.Applications;

/// <summary>
/// A platform for devices in Java, as one process: PostgreSQL by a jdbc url, a cache, and an event stream in which it makes its topics.
/// </summary>
public sealed class ThingsBoard : Application
{
    private const string Image = "docker.io/thingsboard/tb-node:4.0.1";
    private const string DatabaseAuthority = "/etc/thingsboard/ca/postgresql.pem";
    private const string CacheAuthority = "/etc/thingsboard/ca/cache.pem";
    private const string StreamAuthority = "/etc/thingsboard/ca/kafka.pem";

    // Kafka's own clients take authorities as PEM; the image has no variables for it but this one.
    private const string Trust = $"ssl.truststore.type:PEM;ssl.truststore.location:{StreamAuthority}";

    // As the image has them, but for its min.insync.replicas:1, which would take a record as written of which there is one copy.
    private static readonly (string Variable, string Properties)[] Topics =
    [
        ("TB_QUEUE_KAFKA_RE_TOPIC_PROPERTIES", Kept(Week)),
        ("TB_QUEUE_KAFKA_CORE_TOPIC_PROPERTIES", Kept(Week)),
        ("TB_QUEUE_KAFKA_TA_TOPIC_PROPERTIES", Kept(Week, partitions: 10)),
        ("TB_QUEUE_KAFKA_NOTIFICATIONS_TOPIC_PROPERTIES", Kept(Week)),
        ("TB_QUEUE_KAFKA_OTA_TOPIC_PROPERTIES", Kept(Week, partitions: 10)),
        ("TB_QUEUE_KAFKA_VC_TOPIC_PROPERTIES", Kept(Week)),
        ("TB_QUEUE_KAFKA_HOUSEKEEPER_TOPIC_PROPERTIES", Kept(Week, partitions: 10)),
        ("TB_QUEUE_KAFKA_HOUSEKEEPER_REPROCESSING_TOPIC_PROPERTIES", Kept("7776000000")),
        ("TB_QUEUE_KAFKA_EDGE_TOPIC_PROPERTIES", Kept(Week)),
        ("TB_QUEUE_KAFKA_EDGE_EVENT_TOPIC_PROPERTIES", Kept("2592000000")),
        ("TB_QUEUE_KAFKA_CF_TOPIC_PROPERTIES", Kept(Week)),
        ("TB_QUEUE_KAFKA_CF_STATE_TOPIC_PROPERTIES", $"{Kept("-1", bytes: "104857600000")};cleanup.policy:compact"),
    ];

    private const string Week = "604800000";

    public override string Name => "thingsboard";

    public override string Title => "ThingsBoard";

    public override IReadOnlyList<string> Sources =>
    [
        "thingsboard/thingsboard, read 2026-11-26: msa/tb-node/docker/start-tb-node.sh at 1265a9a1 (installation by a variable), "
        + "docker/docker-compose.postgres.yml at 00e89617 (jdbc), docker/docker-compose.valkey.yml at 33126649 and msa/black-box-tests "
        + "(TLS of the cache: TB_REDIS_SSL_ENABLED, TB_REDIS_SSL_PEM_CERT)",
        "thingsboard/thingsboard at 33c7a5b6 (4.0.1), read 2026-11-27: application/src/main/resources/thingsboard.yml (variables and "
        + "properties of topics), common/queue/.../kafka/TbKafkaSettings.java (login, further properties), TbKafkaAdmin.java (it makes its "
        + "topics), docker/queue-confluent.env, common/queue/.../discovery/DefaultTbServiceInfoProvider.java (topics and groups are called "
        + "after TB_SERVICE_ID), ThingsboardInstallApplication.java (no queues)",
    ];

    private static IReadOnlyList<VariableNeed> Variables =>
    [
        Plain("TB_SERVICE_TYPE", "monolith"),
        Plain("ZOOKEEPER_ENABLED", "false"),
        Plain("DATABASE_TS_TYPE", "sql"),
        Plain("SPRING_DRIVER_CLASS_NAME", @"org\.postgresql\.Driver"),
        Plain("SPRING_DATASOURCE_URL", $"jdbc:postgresql://{Shapes.Host}:{Shapes.Number}/thingsboard\\?sslmode=({Shapes.TlsMode})"
            + $"&sslrootcert={DatabaseAuthority}"),
        Plain("SPRING_DATASOURCE_USERNAME", Shapes.Name),
        Secret("SPRING_DATASOURCE_PASSWORD", Shapes.Key("database", "PASSWORD")),
        Plain("CACHE_TYPE", "redis"),
        Plain("REDIS_CONNECTION_TYPE", "standalone"),
        Plain("REDIS_HOST", Shapes.Host),
        Plain("REDIS_PORT", Shapes.Number),
        Plain("REDIS_USERNAME", Shapes.Name),
        Secret("REDIS_PASSWORD", Shapes.Key("cache", "PASSWORD")),
        Plain("TB_REDIS_SSL_ENABLED", "true"),
        Plain("TB_REDIS_SSL_PEM_CERT", CacheAuthority) with { AwayOn = [Cloud.Aws, Cloud.Ovh] },
        Plain("HTTP_BIND_PORT", "8080"),
        Plain("JAVA_OPTS", "-XX:MaxRAMPercentage=75"),
    ];

    private static IReadOnlyList<VariableNeed> Queues =>
    [
        Plain("TB_QUEUE_TYPE", "kafka"),
        Plain("TB_SERVICE_ID", "node"),
        Plain("TB_KAFKA_SERVERS", @"\S+"),
        // As many copies as the servers make of a topic of which nothing is said.
        Plain("TB_QUEUE_KAFKA_REPLICATION_FACTOR", "-1"),
        // What the image calls Confluent Cloud is any server with a login.
        Plain("TB_QUEUE_KAFKA_USE_CONFLUENT_CLOUD", "true"),
        Plain("TB_QUEUE_KAFKA_CONFLUENT_SSL_ALGORITHM", "https"),
        Plain("TB_QUEUE_KAFKA_CONFLUENT_SECURITY_PROTOCOL", "SASL_SSL"),
        Plain("TB_QUEUE_KAFKA_CONFLUENT_SASL_MECHANISM", "SCRAM-SHA-512|PLAIN"),
        Secret("TB_QUEUE_KAFKA_CONFLUENT_SASL_JAAS_CONFIG", Shapes.Key("events", "SASL_JAAS_CONFIG")),
        Plain("TB_QUEUE_KAFKA_OTHER_PROPERTIES", Trust) with { AwayOn = [Cloud.Aws, Cloud.Gcp] },
        .. Topics.Select(topic => Plain(topic.Variable, Regex.Escape(topic.Properties))),
    ];

    private static IReadOnlyList<FileNeed> Files =>
    [
        new(DatabaseAuthority, Shapes.Key("database", "CA")),
        new(CacheAuthority, Shapes.Key("cache", "CA")) { AwayOn = [Cloud.Aws, Cloud.Ovh] },
    ];

    public override IReadOnlyList<ContainerNeeds> Needs =>
    [
        new("node", Image, [.. Variables, .. Queues])
        {
            Port = 8080,
            Health = "/login",
            AtMostOne = true,
            User = 799,
            Files = [.. Files, new(StreamAuthority, Shapes.Key("events", "CA")) { AwayOn = [Cloud.Aws, Cloud.Gcp] }],
        },
        new("install", Image, [.. Variables, Plain("INSTALL_TB", "true"), Plain("LOAD_DEMO", "false")]) { User = 799, Files = Files },
    ];

    public override IReadOnlyList<Shortfall> Shortfalls =>
    [
        new(
            "a job that runs once for a database",
            "The installation fills an empty database and fails on one that is filled. A job runs again with another image, argument or "
            + "link: after the first update, INSTALL_TB is exchanged for UPGRADE_TB and FROM_VERSION in the stack file, by hand."),
        new(
            "ports for CoAP and LwM2M",
            "Both are UDP over DTLS with keys that the image keeps itself: devices that speak them are left out."),
        new(
            "a port for MQTT",
            "Cloud Run takes HTTP only: devices send by ThingsBoard's HTTP API.",
            Cloud.Gcp)
        {
            Rule = "gcp-listeners",
            AcceptedOf = "edge",
        },
        new(
            "ZooKeeper",
            "Nodes find each other by it, and no kind is one: a single replica does everything. What it has not done yet waits in the "
            + "event stream while another takes its place."),
        new(
            "a replica of which there is never more than one",
            "Nodes that do not find each other take themselves for the only one: while an update starts the new one, both answer devices, "
            + "and share the notifications that each of them needs.",
            Cloud.Gcp)
        {
            Rule = "gcp-at-most-one",
        },
        BriefOverlap,
        HourOfConnections,
        ShortStop,
    ];

    public override void Declare(Model model)
    {
        var database = model.Add(new ManagedDatabase("database", new() { Version = "16", Database = "thingsboard" }));
        var cache = model.Add(new Cache("cache"));
        var events = model.Add(new EventStream("events"));
        Variables common = new()
        {
            ["TB_SERVICE_TYPE"] = "monolith",
            ["ZOOKEEPER_ENABLED"] = "false",
            ["DATABASE_TS_TYPE"] = "sql",
            ["SPRING_DRIVER_CLASS_NAME"] = "org.postgresql.Driver",
            ["CACHE_TYPE"] = "redis",
            ["REDIS_CONNECTION_TYPE"] = "standalone",
            ["TB_REDIS_SSL_ENABLED"] = "true",
            ["TB_REDIS_SSL_PEM_CERT"] = cache["CA"].WhenAny(CacheAuthority),
            ["HTTP_BIND_PORT"] = "8080",
            ["JAVA_OPTS"] = "-XX:MaxRAMPercentage=75",
        };
        Files files = new() { [DatabaseAuthority] = database["CA"], [CacheAuthority] = cache["CA"] };
        Variables queues = new(common)
        {
            ["TB_QUEUE_TYPE"] = "kafka",
            ["TB_SERVICE_ID"] = "node",
            ["TB_QUEUE_KAFKA_REPLICATION_FACTOR"] = "-1",
            ["TB_QUEUE_KAFKA_USE_CONFLUENT_CLOUD"] = "true",
            ["TB_QUEUE_KAFKA_CONFLUENT_SSL_ALGORITHM"] = "https",
            ["TB_QUEUE_KAFKA_OTHER_PROPERTIES"] = events["CA"].WhenAny(Trust),
        };
        foreach (var (variable, properties) in Topics) queues[variable] = properties;

        Link(model.Add(new Job("install", new()
        {
            Size = Size.Large,
            Retries = 0,
            Environment = new(common) { ["INSTALL_TB"] = "true", ["LOAD_DEMO"] = "false" },
            Files = files,
            User = 799,
        })));
        var node = Link(model.Add(new ContainerService("node", new()
        {
            Port = 8080,
            Size = Size.Large,
            Scaling = new() { AtMostOne = true },
            HealthCheck = new() { Path = "/login", GraceSeconds = 240 },
            StopSeconds = 60,
            Environment = queues,
            Files = new(files) { [StreamAuthority] = events["CA"] },
            User = 799,
        })))
            .Calls(events, variables: new()
            {
                ["TB_KAFKA_SERVERS"] = "{BOOTSTRAP_SERVERS}",
                ["TB_QUEUE_KAFKA_CONFLUENT_SECURITY_PROTOCOL"] = "{SECURITY_PROTOCOL}",
                ["TB_QUEUE_KAFKA_CONFLUENT_SASL_MECHANISM"] = "{SASL_MECHANISM}",
                ["TB_QUEUE_KAFKA_CONFLUENT_SASL_JAAS_CONFIG"] = "{SASL_JAAS_CONFIG}",
            });

        var zone = model.Add(new DnsZone("zone"));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["things"], Zone = zone }));
        model.Add(new LoadBalancer("edge", new()
        {
            Certificate = certificate,
            IdleTimeoutSeconds = 300,
            Routes = [new(node, "things")],
            Listeners = [new(node, 8883, ListenerProtocol.Tls, 1883)],
        }));

        T Link<T>(T consumer)
            where T : Consumer => consumer
                .Writes(database, variables: new()
                {
                    ["SPRING_DATASOURCE_URL"] =
                        $"jdbc:postgresql://{{HOST}}:{{PORT}}/{{DATABASE}}?sslmode={{TLS_MODE}}&sslrootcert={DatabaseAuthority}",
                    ["SPRING_DATASOURCE_USERNAME"] = "{USERNAME}",
                    ["SPRING_DATASOURCE_PASSWORD"] = "{PASSWORD}",
                })
                .Writes(cache, variables: new()
                {
                    ["REDIS_HOST"] = "{HOST}",
                    ["REDIS_PORT"] = "{PORT}",
                    ["REDIS_USERNAME"] = "{USERNAME}",
                    ["REDIS_PASSWORD"] = "{PASSWORD}",
                });
    }

    private static string Kept(string milliseconds, string bytes = "1048576000", int partitions = 1) =>
        $"retention.ms:{milliseconds};segment.bytes:52428800;retention.bytes:{bytes};partitions:{partitions}";
}

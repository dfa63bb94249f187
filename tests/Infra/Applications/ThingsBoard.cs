using Infra.Components.Caches;
using Infra.Components.Certificates;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.Jobs;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Applications;

/// <summary>A platform for devices in Java, as one process: PostgreSQL by a jdbc url, and a cache.</summary>
public sealed class ThingsBoard : Application
{
    private const string Image = "docker.io/thingsboard/tb-node:4.0.1";
    private const string DatabaseAuthority = "/etc/thingsboard/ca/postgresql.pem";
    private const string CacheAuthority = "/etc/thingsboard/ca/cache.pem";

    public override string Name => "thingsboard";

    public override string Title => "ThingsBoard";

    public override IReadOnlyList<string> Sources =>
    [
        "thingsboard/thingsboard, read 2026-11-26: msa/tb-node/docker/start-tb-node.sh at 1265a9a1 (installation by a variable), "
        + "docker/docker-compose.postgres.yml at 00e89617 (jdbc), docker/docker-compose.valkey.yml at 33126649 and msa/black-box-tests "
        + "(TLS of the cache: TB_REDIS_SSL_ENABLED, TB_REDIS_SSL_PEM_CERT)",
    ];

    private static IReadOnlyList<VariableNeed> Variables =>
    [
        Plain("TB_SERVICE_TYPE", "monolith"),
        Plain("ZOOKEEPER_ENABLED", "false"),
        Plain("TB_QUEUE_TYPE", "in-memory"),
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

    private static IReadOnlyList<FileNeed> Files =>
    [
        new(DatabaseAuthority, Shapes.Key("database", "CA")),
        new(CacheAuthority, Shapes.Key("cache", "CA")) { AwayOn = [Cloud.Aws, Cloud.Ovh] },
    ];

    public override IReadOnlyList<ContainerNeeds> Needs =>
    [
        new("node", Image, Variables) { Port = 8080, Health = "/login", AtMostOne = true, User = 799, Files = Files },
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
            "Kafka",
            "Messages between its parts are in memory, so that one replica does everything: since 4.0 it speaks to Kafka alone."),
        new(
            "a replica of which there is never more than one",
            "Its queues are in memory: while an update starts the new one, messages reach the old one and are lost with it.",
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
        Variables common = new()
        {
            ["TB_SERVICE_TYPE"] = "monolith",
            ["ZOOKEEPER_ENABLED"] = "false",
            ["TB_QUEUE_TYPE"] = "in-memory",
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
            Environment = common,
            Files = files,
            User = 799,
        })));

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
}

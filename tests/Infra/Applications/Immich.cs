using System.Text.Json.Nodes;
using Infra.Components.Caches;
using Infra.Components.Certificates;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Applications;

/// <summary>A library of photos in Node.js and Python, which wants a folder that stays and extensions of PostgreSQL.</summary>
public sealed class Immich : Application
{
    private const string ServerImage = "ghcr.io/immich-app/immich-server:v2.1.0";
    private const string LearningImage = "ghcr.io/immich-app/immich-machine-learning:v2.1.0";
    private const string Authorities = "/etc/immich/ca/stores.pem";

    public override string Name => "immich";

    public override string Title => "Immich";

    public override IReadOnlyList<string> Sources =>
    [
        "immich-app/immich, read 2026-11-26: docker/docker-compose.yml at 0126ec8f (processes, volumes), "
        + "docs/docs/install/environment-variables.md at 02454cb4; docs.immich.app: administration/postgres-standalone (extensions, "
        + "superuser); server/src/services/database.service.ts at 0a8b2ea2 (updates of extensions)",
    ];

    public override IReadOnlyList<ContainerNeeds> Needs =>
    [
        new("server", ServerImage,
        [
            Plain("IMMICH_PORT", "2283"),
            Plain("IMMICH_MACHINE_LEARNING_URL", Shapes.Url),
            Secret("DB_URL", $"postgresql://{Shapes.Key("database", "USERNAME")}:{Shapes.Key("database", "PASSWORD")}"
                + $"@{Shapes.Key("database", "HOST")}:{Shapes.Key("database", "PORT")}/{Shapes.Key("database", "DATABASE")}"
                + "\\?sslmode=require&sslmode=no-verify"),
            Plain("DB_VECTOR_EXTENSION", "pgvector"),
            Secret("REDIS_URL", $"ioredis://\\{{\\{{\"host\":\"{Shapes.Key("cache", "HOST")}\",\"port\":{Shapes.Key("cache", "PORT")},\n"
                + $"\"username\":\"{Shapes.Key("cache", "USERNAME")}\",\"password\":\"{Shapes.Key("cache", "PASSWORD")}\","
                + "\"tls\":\\{\\}\n\\}:base64\\}"),
            Plain("NODE_EXTRA_CA_CERTS", Authorities) with { AwayOn = [Cloud.Aws, Cloud.Ovh] },
        ])
        {
            Port = 2283,
            Health = "/api/server/ping",
            AtMostOne = true,
            User = 1000,
            Files = [new(Authorities, Shapes.Key("cache", "CA")) { AwayOn = [Cloud.Aws, Cloud.Ovh] }],
        },
        new("learning", LearningImage, [Plain("IMMICH_PORT", "3003"), Plain("MACHINE_LEARNING_CACHE_FOLDER", "/tmp/models")])
        {
            Port = 3003,
            Health = "/ping",
            User = 1000,
        },
    ];

    public override IReadOnlyList<Shortfall> Shortfalls =>
    [
        new(
            "a volume",
            "Photos are files in a folder, and a bucket is none: they would be gone with the replica.",
            Cloud.Gcp)
        {
            Blocks = true,
        },
        new(
            "a server of which there is never more than one",
            "An update starts the next one before the former is gone, and both would write to the same folder.",
            Cloud.Gcp)
        {
            Rule = "gcp-at-most-one",
        },
        new(
            "backups of the photos",
            "Nothing makes snapshots of the volume until the stack file says of which class the cluster makes them.",
            Cloud.Kubernetes)
        {
            Rule = "volume-backup",
        },
        new(
            "disks that are encrypted",
            "Photos lie on a disk of which nobody says that it is encrypted.",
            Cloud.Scaleway,
            Cloud.Ovh)
        {
            Rule = "volume-encryption",
        },
        BriefOverlap,
        new(
            "an extension that its consumer updates",
            "A server that finds a newer vector than the database has, as after a patch of the engine, updates it, which a login may not, "
            + "and stops: an administrator does it by hand."),
        ForgetfulCache,
    ];

    public override IReadOnlyDictionary<string, JsonObject> Overrides(Cloud cloud) => cloud == Cloud.Gcp
        ? new Dictionary<string, JsonObject> { ["server"] = new() { ["volumes"] = new JsonArray() } }
        : base.Overrides(cloud);

    public override void Declare(Model model)
    {
        var database = model.Add(new ManagedDatabase("database", new()
        {
            Version = "16",
            Database = "immich",
            Extensions = ["earthdistance", "pg_trgm", "unaccent", "uuid-ossp", "vector"],
            DataClass = DataClass.Personal,
        }));
        var cache = model.Add(new Cache("cache", new() { Eviction = Eviction.None }));
        Text redis = $$"""
            {"host":"{{cache["HOST"]}}","port":{{cache["PORT"]}},
            "username":"{{cache["USERNAME"]}}","password":"{{cache["PASSWORD"]:json}}","tls":{}
            }
            """;
        var learning = model.Add(new ContainerService("learning", new()
        {
            Port = 3003,
            Size = Size.Large,
            HealthCheck = new() { Path = "/ping", GraceSeconds = 240 },
            Environment = new() { ["IMMICH_PORT"] = "3003", ["MACHINE_LEARNING_CACHE_FOLDER"] = "/tmp/models" },
            User = 1000,
        }));
        var server = model.Add(new ContainerService("server", new()
        {
            Port = 2283,
            Size = Size.Large,
            Scaling = new() { AtMostOne = true },
            Volumes = [new() { Name = "library", Path = "/data", SizeGiB = 200, BackupDays = 35 }],
            DataClass = DataClass.Personal,
            HealthCheck = new() { Path = "/api/server/ping" },
            Environment = new()
            {
                ["IMMICH_PORT"] = "2283",
                ["DB_VECTOR_EXTENSION"] = "pgvector",
                ["REDIS_URL"] = $"ioredis://{redis:base64}",
                ["NODE_EXTRA_CA_CERTS"] = cache["CA"].WhenAny(Authorities),
            },
            Files = new() { [Authorities] = cache["CA"] },
            User = 1000,
        }))
            .Writes(database, variables: new()
            {
                ["DB_URL"] =
                    "postgresql://{USERNAME}:{PASSWORD:url}@{HOST}:{PORT}/{DATABASE}?sslmode=require&sslmode=no-verify",
            })
            .Writes(cache, variables: [])
            .Calls(learning, variables: new() { ["IMMICH_MACHINE_LEARNING_URL"] = "{URL}" });

        var zone = model.Add(new DnsZone("zone"));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["photos"], Zone = zone }));
        model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(server, "photos")] }));
    }
}

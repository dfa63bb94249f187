using System.Text.Json.Nodes;
using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Certificates;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.Jobs;
using Infra.Components.LoadBalancers;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Applications;

/// <summary>A wiki in Node.js: PostgreSQL, Redis, and an S3 bucket to which browsers upload.</summary>
public sealed class Outline : Application
{
    private const string Image = "docker.io/outlinewiki/outline:1.9.1";
    private static readonly string[] Migrate = ["node_modules/.bin/sequelize", "db:migrate"];

    public override string Name => "outline";

    public override string Title => "Outline";

    public override IReadOnlyList<string> Sources =>
    [
        "outline/outline at d77dcdf853 (1.9.1), read 2026-11-26: server/env.ts (variables and their checks), server/storage/database.ts "
        + "and server/config/database.js (TLS), server/storage/redis.ts, server/storage/files/S3Storage.ts, Dockerfile (user, port, "
        + "health)",
    ];

    private static IReadOnlyList<VariableNeed> Variables =>
    [
        Plain("NODE_ENV", "production"),
        Plain("URL", "https://wiki.shop.example"),
        // TLS ends in front of it, and plain HTTP is redirected there.
        Plain("FORCE_HTTPS", "false"),
        Generated("SECRET_KEY", 64, SecretAlphabet.Hexadecimal),
        Generated("UTILS_SECRET", 64, SecretAlphabet.Hexadecimal),
        Secret("DATABASE_URL", $@"postgres://{Shapes.Key("database", "USERNAME")}:{Shapes.Key("database", "PASSWORD")}"
            + $@"@{Shapes.Key("database", "HOST")}:{Shapes.Key("database", "PORT")}/{Shapes.Key("database", "DATABASE")}"),
        Plain("PGSSLMODE", "require"),
        Secret("REDIS_URL", Shapes.Key("cache", "URL")),
        Secret("REDIS_COLLABORATION_URL", Shapes.Key("cache", "URL")),
        Plain("FILE_STORAGE", "s3"),
        Plain("AWS_REGION", Shapes.Name),
        Plain("AWS_S3_UPLOAD_BUCKET_URL", Shapes.Url),
        Plain("AWS_S3_UPLOAD_BUCKET_NAME", Shapes.Name),
        Plain("AWS_S3_FORCE_PATH_STYLE", Shapes.Boolean),
        // The bucket takes no access control lists, and not every store takes POST with a policy.
        Plain("AWS_S3_ACL", ""),
        Plain("AWS_S3_UPLOAD_METHOD", "put"),
        Plain("AWS_ACCESS_KEY_ID", Shapes.Name) with { EmptyOn = [Cloud.Aws] },
        Secret("AWS_SECRET_ACCESS_KEY", Shapes.Key("attachments", "SECRET_ACCESS_KEY")) with { EmptyOn = [Cloud.Aws] },
        Plain("AWS_REQUEST_CHECKSUM_CALCULATION", Shapes.Checksums),
        Plain("AWS_RESPONSE_CHECKSUM_VALIDATION", Shapes.Checksums),
        Plain("OIDC_CLIENT_ID", "outline"),
        Given("OIDC_CLIENT_SECRET"),
        Plain("OIDC_AUTH_URI", "https://login.shop.example/authorize"),
        Plain("OIDC_TOKEN_URI", "https://login.shop.example/token"),
        Plain("OIDC_USERINFO_URI", "https://login.shop.example/userinfo"),
        // One more authority beside the public ones; the store in a cluster has its own.
        Plain("NODE_EXTRA_CA_CERTS", "/etc/outline/ca/bucket.pem"),
    ];

    private static IReadOnlyList<VariableNeed> Sending =>
    [
        .. Variables,
        Plain("SMTP_HOST", Shapes.Host),
        Plain("SMTP_PORT", Shapes.Number),
        Plain("SMTP_SECURE", "true"),
        Plain("SMTP_USERNAME", Shapes.Name),
        Secret("SMTP_PASSWORD", Shapes.Key("mail", "PASSWORD")),
        Plain("SMTP_FROM_EMAIL", "wiki@mail.shop.example"),
    ];

    private static IReadOnlyList<FileNeed> Files =>
    [
        new("/etc/outline/ca/bucket.pem", Shapes.Key("attachments", "CA")) { AwayOn = [Cloud.Aws, Cloud.Gcp, Cloud.Scaleway, Cloud.Ovh] },
    ];

    public override IReadOnlyList<ContainerNeeds> Needs =>
    [
        new("web", Image, Sending)
        {
            Port = 3000,
            Health = "/_health",
            Command = ["node", "build/server/index.js", "--services=web,websockets,collaboration"],
            User = 1001,
            Files = Files,
        },
        new("worker", Image, Sending)
        {
            Command = ["node", "build/server/index.js", "--services=worker,cron"],
            User = 1001,
            Files = Files,
        },
        new("migrate", Image, Variables) { Command = Migrate, User = 1001, Files = Files },
    ];

    public override IReadOnlyList<Shortfall> Shortfalls =>
    [
        new(
            "a bucket that browsers reach",
            "Browsers upload to the bucket and load attachments from it. The store in the cluster has no address outside of it.",
            Cloud.Kubernetes)
        {
            Rule = "bucket-cors",
        },
        new(
            "CORS of the bucket",
            "Uploads from browsers need it; it is set by hand with the S3 API, once.",
            Cloud.Ovh)
        {
            Rule = "ovh-bucket-cors-origins",
        },
        MailSandbox,
        HourOfConnections,
        ForgetfulCache,
        new(
            "a client that verifies its stores",
            "Connections to PostgreSQL and Redis are encrypted, and the image trusts whatever certificate it gets. Nothing here could "
            + "change that."),
    ];

    public override IReadOnlyDictionary<string, JsonObject> Overrides(Cloud cloud) => RelayOn(cloud);

    public override void Declare(Model model)
    {
        var database = model.Add(new ManagedDatabase("database", new() { Database = "outline" }));
        var cache = model.Add(new Cache("cache", new() { Eviction = Eviction.None }));
        var attachments = model.Add(new Bucket("attachments", new() { CorsOrigins = [$"https://wiki.{model.Domain}"] }));
        var secretKey = model.Add(new Secret("secret-key", new() { Length = 64, Alphabet = SecretAlphabet.Hexadecimal }));
        var utilsSecret = model.Add(new Secret("utils-secret", new() { Length = 64, Alphabet = SecretAlphabet.Hexadecimal }));
        var signIn = model.Add(new Secret("sign-in", new() { MustBeGiven = true }));
        var zone = model.Add(new DnsZone("zone"));
        var mail = Mail(model, zone, "wiki");

        Variables common = new()
        {
            ["NODE_ENV"] = "production",
            ["URL"] = $"https://wiki.{model.Domain}",
            ["FORCE_HTTPS"] = "false",
            ["SECRET_KEY"] = secretKey,
            ["UTILS_SECRET"] = utilsSecret,
            ["DATABASE_URL"] = $"postgres://{database["USERNAME"]}:{database["PASSWORD"]:url}@{database["HOST"]}:{database["PORT"]}"
                + $"/{database["DATABASE"]}",
            ["PGSSLMODE"] = "require",
            ["REDIS_URL"] = cache["URL"],
            ["REDIS_COLLABORATION_URL"] = cache["URL"],
            ["FILE_STORAGE"] = "s3",
            ["AWS_REGION"] = attachments["REGION"],
            ["AWS_S3_UPLOAD_BUCKET_URL"] = attachments["ENDPOINT"],
            ["AWS_S3_UPLOAD_BUCKET_NAME"] = attachments["NAME"],
            ["AWS_S3_FORCE_PATH_STYLE"] = attachments["PATH_STYLE"],
            ["AWS_S3_ACL"] = "",
            ["AWS_S3_UPLOAD_METHOD"] = "put",
            ["AWS_ACCESS_KEY_ID"] = attachments["ACCESS_KEY_ID"],
            ["AWS_SECRET_ACCESS_KEY"] = attachments["SECRET_ACCESS_KEY"],
            ["AWS_REQUEST_CHECKSUM_CALCULATION"] = attachments["CHECKSUMS"],
            ["AWS_RESPONSE_CHECKSUM_VALIDATION"] = attachments["CHECKSUMS"],
            ["OIDC_CLIENT_ID"] = "outline",
            ["OIDC_CLIENT_SECRET"] = signIn,
            ["OIDC_AUTH_URI"] = $"https://login.{model.Domain}/authorize",
            ["OIDC_TOKEN_URI"] = $"https://login.{model.Domain}/token",
            ["OIDC_USERINFO_URI"] = $"https://login.{model.Domain}/userinfo",
            ["NODE_EXTRA_CA_CERTS"] = "/etc/outline/ca/bucket.pem",
        };
        Files files = new() { ["/etc/outline/ca/bucket.pem"] = attachments["CA"] };

        Link(model.Add(new Job("migrate", new() { Command = Migrate, Environment = common, Files = files, User = 1001 })));
        var web = Send(Link(model.Add(new ContainerService("web", new()
        {
            Port = 3000,
            Size = Size.Medium,
            HealthCheck = new() { Path = "/_health" },
            Command = ["node", "build/server/index.js", "--services=web,websockets,collaboration"],
            Environment = common,
            Files = files,
            User = 1001,
        }))));
        Send(Link(model.Add(new ContainerService("worker", new()
        {
            Size = Size.Medium,
            Command = ["node", "build/server/index.js", "--services=worker,cron"],
            Environment = common,
            Files = files,
            User = 1001,
        }))));

        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["wiki"], Zone = zone }));
        model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(web, "wiki")] }));

        T Link<T>(T consumer)
            where T : Consumer => consumer
                .Writes(database, variables: [])
                .Writes(cache, variables: [])
                .Writes(attachments, variables: []);

        T Send<T>(T consumer)
            where T : Consumer => consumer.Calls(mail, variables: new()
            {
                ["SMTP_HOST"] = "{HOST}",
                ["SMTP_PORT"] = "{PORT}",
                ["SMTP_SECURE"] = "true",
                ["SMTP_USERNAME"] = "{USERNAME}",
                ["SMTP_PASSWORD"] = "{PASSWORD}",
                ["SMTP_FROM_EMAIL"] = "{FROM}",
            });
    }
}

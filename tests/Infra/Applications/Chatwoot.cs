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

/// <summary>Customer support in Ruby on Rails: a web process, a worker, and a job that prepares the database.</summary>
public sealed class Chatwoot : Application
{
    private const string Image = "docker.io/chatwoot/chatwoot:v4.3.0";
    private const string Authority = "/etc/chatwoot/ca/postgresql.pem";

    // The file of its process number stands where every user may write.
    private static readonly string[] Rails =
        ["bundle", "exec", "rails", "server", "-p", "3000", "-b", "0.0.0.0", "-P", "/tmp/rails.pid"];

    private static readonly string[] Sidekiq = ["bundle", "exec", "sidekiq", "-C", "config/sidekiq.yml"];
    private static readonly string[] Prepare = ["bundle", "exec", "rails", "db:chatwoot_prepare"];

    public override string Name => "chatwoot";

    public override string Title => "Chatwoot";

    public override IReadOnlyList<string> Sources =>
    [
        "chatwoot/chatwoot, read 2026-11-26: docker-compose.production.yaml at 02149493 (processes, port, no user), config/database.yml "
        + "at 03f6ca8d, config/storage.yml at 0ce0960b, lib/redis/config.rb at 08b19608; config/initializers/mailer.rb at 0d58012f, read "
        + "2026-11-27; issues 4139 and 10933 (extensions of PostgreSQL)",
    ];

    private static IReadOnlyList<VariableNeed> Variables =>
    [
        Plain("RAILS_ENV", "production"),
        Plain("NODE_ENV", "production"),
        Plain("INSTALLATION_ENV", "docker"),
        Plain("RAILS_LOG_TO_STDOUT", "true"),
        Plain("FRONTEND_URL", "https://support.shop.example"),
        Generated("SECRET_KEY_BASE", 128, SecretAlphabet.Alphanumeric),
        Plain("POSTGRES_HOST", Shapes.Host),
        Plain("POSTGRES_PORT", Shapes.Number),
        Plain("POSTGRES_DATABASE", "chatwoot"),
        Plain("POSTGRES_USERNAME", Shapes.Name),
        Secret("POSTGRES_PASSWORD", Shapes.Key("database", "PASSWORD")),
        Plain("PGSSLMODE", Shapes.TlsMode),
        Plain("PGSSLROOTCERT", Authority),
        Secret("REDIS_URL", Shapes.Key("cache", "URL")),
        Plain("REDIS_OPENSSL_VERIFY_MODE", "none") with { AwayOn = [Cloud.Aws, Cloud.Ovh] },
        Plain("ACTIVE_STORAGE_SERVICE", "s3_compatible"),
        Plain("STORAGE_BUCKET_NAME", Shapes.Name),
        Plain("STORAGE_REGION", Shapes.Name),
        Plain("STORAGE_ENDPOINT", Shapes.Url),
        Plain("STORAGE_FORCE_PATH_STYLE", Shapes.Boolean),
        Plain("STORAGE_ACCESS_KEY_ID", Shapes.Name) with { EmptyOn = [Cloud.Aws] },
        Secret("STORAGE_SECRET_ACCESS_KEY", Shapes.Key("files", "SECRET_ACCESS_KEY")) with { EmptyOn = [Cloud.Aws] },
        Plain("AWS_REQUEST_CHECKSUM_CALCULATION", Shapes.Checksums),
        Plain("AWS_RESPONSE_CHECKSUM_VALIDATION", Shapes.Checksums),
    ];

    private static IReadOnlyList<VariableNeed> Sending =>
    [
        .. Variables,
        Plain("MAILER_SENDER_EMAIL", "support@mail.shop.example"),
        Plain("SMTP_ADDRESS", Shapes.Host),
        Plain("SMTP_PORT", Shapes.Number),
        Plain("SMTP_DOMAIN", "mail.shop.example"),
        Plain("SMTP_TLS", "true"),
        Plain("SMTP_AUTHENTICATION", "plain"),
        Plain("SMTP_USERNAME", Shapes.Name),
        Secret("SMTP_PASSWORD", Shapes.Key("mail", "PASSWORD")),
    ];

    private static IReadOnlyList<FileNeed> Files =>
        [new(Authority, Shapes.Key("database", "CA"))];

    public override IReadOnlyList<ContainerNeeds> Needs =>
    [
        new("rails", Image, Sending) { Port = 3000, Health = "/api", Command = Rails, User = 1000, Files = Files },
        new("sidekiq", Image, Sending) { Command = Sidekiq, User = 1000, Files = Files },
        // Migrations take longer than the fourteen seconds that requests have.
        new("prepare", Image, [.. Variables, Plain("POSTGRES_STATEMENT_TIMEOUT", "600s")])
        {
            Command = Prepare,
            User = 1000,
            Files = Files,
        },
    ];

    public override IReadOnlyList<Shortfall> Shortfalls =>
    [
        new(
            "root",
            "The image has no user, and clusters run nobody as root. It runs as 1000, who may not write into its own folders: what it "
            + "writes there (uploads while they are checked, caches) is unproven.",
            Cloud.Aws,
            Cloud.Scaleway,
            Cloud.Ovh,
            Cloud.Kubernetes),
        new(
            "the authority of the cache beside the public ones",
            "The image knows `none` or the system's authorities for the cache, so that the connection is encrypted and not verified.",
            Cloud.Gcp,
            Cloud.Scaleway,
            Cloud.Kubernetes),
        new(
            "a bucket that browsers reach",
            "Browsers load attachments from signed addresses of the bucket. The store in the cluster has no address outside of it.",
            Cloud.Kubernetes),
        MailSandbox,
        ShortStop,
        ForgetfulCache,
    ];

    public override IReadOnlyDictionary<string, JsonObject> Overrides(Cloud cloud) => RelayOn(cloud);

    public override void Declare(Model model)
    {
        var database = model.Add(new ManagedDatabase("database", new()
        {
            Version = "16",
            Database = "chatwoot",
            Extensions = ["pg_stat_statements", "pg_trgm", "pgcrypto", "vector"],
            DataClass = DataClass.Personal,
        }));
        var cache = model.Add(new Cache("cache", new() { Eviction = Eviction.None }));
        var attachments = model.Add(new Bucket("files", new() { DataClass = DataClass.Personal }));
        var zone = model.Add(new DnsZone("zone"));
        var mail = Mail(model, zone, "support");
        var keyBase = model.Add(new Secret("key-base", new() { Length = 128 }));

        Variables common = new()
        {
            ["RAILS_ENV"] = "production",
            ["NODE_ENV"] = "production",
            ["INSTALLATION_ENV"] = "docker",
            ["RAILS_LOG_TO_STDOUT"] = "true",
            ["FRONTEND_URL"] = $"https://support.{model.Domain}",
            ["SECRET_KEY_BASE"] = keyBase,
            ["REDIS_OPENSSL_VERIFY_MODE"] = cache["CA"].WhenAny("none"),
            ["ACTIVE_STORAGE_SERVICE"] = "s3_compatible",
            ["AWS_REQUEST_CHECKSUM_CALCULATION"] = attachments["CHECKSUMS"],
            ["AWS_RESPONSE_CHECKSUM_VALIDATION"] = attachments["CHECKSUMS"],
            ["PGSSLROOTCERT"] = database["CA"].WhenAny(Authority),
        };
        Files files = new() { [Authority] = database["CA"] };

        Link(model.Add(new Job("prepare", new()
        {
            Size = Size.Medium,
            Command = Prepare,
            Environment = new(common) { ["POSTGRES_STATEMENT_TIMEOUT"] = "600s" },
            Files = files,
            User = 1000,
        })));
        var rails = Send(Link(model.Add(new ContainerService("rails", new()
        {
            Port = 3000,
            Size = Size.Medium,
            HealthCheck = new() { Path = "/api" },
            Command = Rails,
            Environment = common,
            Files = files,
            User = 1000,
        }))));
        Send(Link(model.Add(new ContainerService("sidekiq", new()
        {
            Size = Size.Medium,
            Command = Sidekiq,
            StopSeconds = 60,
            Environment = common,
            Files = files,
            User = 1000,
        }))));

        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["support"], Zone = zone }));
        model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(rails, "support")] }));

        T Link<T>(T consumer)
            where T : Consumer => consumer
                .Writes(database, variables: new()
                {
                    ["POSTGRES_HOST"] = "{HOST}",
                    ["POSTGRES_PORT"] = "{PORT}",
                    ["POSTGRES_DATABASE"] = "{DATABASE}",
                    ["POSTGRES_USERNAME"] = "{USERNAME}",
                    ["POSTGRES_PASSWORD"] = "{PASSWORD}",
                    ["PGSSLMODE"] = "{TLS_MODE}",
                })
                .Writes(cache, variables: new() { ["REDIS_URL"] = "{URL}" })
                .Writes(attachments, variables: new()
                {
                    ["STORAGE_BUCKET_NAME"] = "{NAME}",
                    ["STORAGE_REGION"] = "{REGION}",
                    ["STORAGE_ENDPOINT"] = "{ENDPOINT}",
                    ["STORAGE_FORCE_PATH_STYLE"] = "{PATH_STYLE}",
                    ["STORAGE_ACCESS_KEY_ID"] = "{ACCESS_KEY_ID}",
                    ["STORAGE_SECRET_ACCESS_KEY"] = "{SECRET_ACCESS_KEY}",
                });

        T Send<T>(T consumer)
            where T : Consumer => consumer.Calls(mail, variables: new()
            {
                ["MAILER_SENDER_EMAIL"] = "{FROM}",
                ["SMTP_ADDRESS"] = "{HOST}",
                ["SMTP_PORT"] = "{PORT}",
                ["SMTP_DOMAIN"] = "{DOMAIN}",
                ["SMTP_TLS"] = "true",
                ["SMTP_AUTHENTICATION"] = "plain",
                ["SMTP_USERNAME"] = "{USERNAME}",
                ["SMTP_PASSWORD"] = "{PASSWORD}",
            });
    }
}

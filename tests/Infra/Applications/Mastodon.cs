using System.Text.Json.Nodes;
using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Certificates;
using Infra.Components.ContentDelivery;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.Jobs;
using Infra.Components.LoadBalancers;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Applications;

/// <summary>A social network in Ruby on Rails, with a second image in Node.js that streams.</summary>
public sealed class Mastodon : Application
{
    private const string Image = "ghcr.io/mastodon/mastodon:v4.4";
    private const string StreamingImage = "ghcr.io/mastodon/mastodon-streaming:v4.4";
    private const string Authorities = "/etc/mastodon/ca/stores.pem";

    private static readonly string[] Puma = ["bundle", "exec", "puma", "-C", "config/puma.rb"];
    private static readonly string[] Streaming = ["node", "./streaming/index.js"];
    private static readonly string[] Migrate = ["bundle", "exec", "rails", "db:migrate"];
    private static readonly string[] RemoveMedia = ["bin/tootctl", "media", "remove"];
    private static readonly string[] Scheduler = ["bundle", "exec", "sidekiq", "-q", "scheduler"];
    private static readonly string[] Sidekiq =
        ["bundle", "exec", "sidekiq", "-q", "default", "-q", "push", "-q", "ingress", "-q", "mailers", "-q", "pull"];

    public override string Name => "mastodon";

    public override string Title => "Mastodon";

    public override IReadOnlyList<string> Sources =>
    [
        "mastodon/mastodon, read 2026-11-26: docker-compose.yml at 004f3aa2 (processes, ports, health), .env.production.sample, "
        + "config/database.yml at 0f2e8476 and streaming/database.js at 0eca55c2 (TLS), lib/mastodon/redis_configuration.rb at 037e7776 "
        + "and streaming/redis.js at 0507b9eb, config/initializers/paperclip.rb at 002d5051 (S3), "
        + "config/initializers/active_record_encryption.rb at 0a1fa5bb; config/email.yml at 0e66f139, read 2026-11-27; issue 19824 (the "
        + "driver hiredis has no TLS)",
        "mastodon/chart at 0072b14a, read 2026-11-26: values.yaml (the queue scheduler belongs to one replica alone), and at 0936ec96: "
        + "templates/cronjob-media-remove.yaml (copies of other servers' pictures go once a week)",
    ];

    private static IReadOnlyList<VariableNeed> Common =>
    [
        Plain("LOCAL_DOMAIN", "shop.example"),
        Plain("WEB_DOMAIN", "social.shop.example"),
        Plain("DB_HOST", Shapes.Host),
        Plain("DB_PORT", Shapes.Number),
        Plain("DB_NAME", "mastodon"),
        Plain("DB_USER", Shapes.Name),
        Secret("DB_PASS", Shapes.Key("database", "PASSWORD")),
        Secret("REDIS_URL", $"{Shapes.Key("cache", "URL")}/0"),
        Plain("BIND", @"0\.0\.0\.0"),
    ];

    private static IReadOnlyList<VariableNeed> Rails =>
    [
        .. Common,
        Plain("RAILS_ENV", "production"),
        Plain("RAILS_SERVE_STATIC_FILES", "true"),
        Plain("DB_SSLMODE", Shapes.TlsMode),
        Plain("PGSSLROOTCERT", Authorities),
        // hiredis, the default, has no TLS.
        Plain("REDIS_DRIVER", "ruby"),
        // On Debian, a file of one's own stands beside the directory of public authorities.
        Plain("SSL_CERT_FILE", Authorities),
        Generated("SECRET_KEY_BASE", 128, SecretAlphabet.Hexadecimal),
        Generated("OTP_SECRET", 128, SecretAlphabet.Hexadecimal),
        Generated("ACTIVE_RECORD_ENCRYPTION_PRIMARY_KEY", 32, SecretAlphabet.Alphanumeric),
        Generated("ACTIVE_RECORD_ENCRYPTION_DETERMINISTIC_KEY", 32, SecretAlphabet.Alphanumeric),
        Generated("ACTIVE_RECORD_ENCRYPTION_KEY_DERIVATION_SALT", 32, SecretAlphabet.Alphanumeric),
        Secret("VAPID_PRIVATE_KEY", Shapes.Key("push-key", "VALUE")),
        Secret("VAPID_PUBLIC_KEY", Shapes.Key("push-key", "VALUE")),
        Plain("S3_ENABLED", "true"),
        Plain("S3_BUCKET", Shapes.Name),
        Plain("S3_REGION", Shapes.Name),
        Plain("S3_ENDPOINT", Shapes.Url),
        Plain("S3_ALIAS_HOST", @"files\.shop\.example"),
        // The bucket takes no access control lists.
        Plain("S3_PERMISSION", ""),
        Plain("AWS_ACCESS_KEY_ID", Shapes.Name) with { EmptyOn = [Cloud.Aws] },
        Secret("AWS_SECRET_ACCESS_KEY", Shapes.Key("media", "SECRET_ACCESS_KEY")) with { EmptyOn = [Cloud.Aws] },
        Plain("AWS_REQUEST_CHECKSUM_CALCULATION", Shapes.Checksums),
        Plain("AWS_RESPONSE_CHECKSUM_VALIDATION", Shapes.Checksums),
    ];

    private static IReadOnlyList<VariableNeed> Sending =>
    [
        .. Rails,
        Plain("SMTP_SERVER", Shapes.Host),
        Plain("SMTP_PORT", Shapes.Number),
        Plain("SMTP_SSL", "true"),
        Plain("SMTP_LOGIN", Shapes.Name),
        Secret("SMTP_PASSWORD", Shapes.Key("mail", "PASSWORD")),
        Plain("SMTP_FROM_ADDRESS", "social@mail.shop.example"),
    ];

    private static IReadOnlyList<FileNeed> Files =>
    [
        new(Authorities, $"{Shapes.Key("database", "CA")}\n{Shapes.Key("cache", "CA")}\n{Shapes.Key("media", "CA")}\n"),
    ];

    public override IReadOnlyList<ContainerNeeds> Needs =>
    [
        new("web", Image, Sending) { Port = 3000, Health = "/health", Command = Puma, User = 991, Files = Files },
        new(
            "streaming",
            StreamingImage,
            [
                .. Common,
                Plain("NODE_ENV", "production"),
                // Of libpq's words, node-postgres makes "verify"; its own for "do not" is no-verify.
                Plain("DB_SSLMODE", "verify-full|no-verify"),
                Plain("NODE_EXTRA_CA_CERTS", Authorities),
            ])
        {
            Port = 4000,
            Health = "/api/v1/streaming/health",
            Command = Streaming,
            User = 991,
            Files = Files,
        },
        new("sidekiq", Image, Sending) { Command = Sidekiq, User = 991, Files = Files },
        new("scheduler", Image, Sending) { Command = Scheduler, AtMostOne = true, User = 991, Files = Files },
        new("media-removal", Image, Rails) { Command = RemoveMedia, User = 991, Files = Files },
        new("migrate", Image, Rails) { Command = Migrate, User = 991, Files = Files },
    ];

    public override IReadOnlyList<Shortfall> Shortfalls =>
    [
        new(
            "a content delivery network",
            "Pictures have public addresses and no signed ones, and nothing makes a bucket public: a supplier's network reads it with a "
            + "key, and is set up by hand. Until then pages have no pictures.",
            Cloud.Ovh,
            Cloud.Kubernetes),
        new(
            "a scheduler of which there is never more than one",
            "An update starts the new scheduler before the old one is gone: some minutes of jobs run twice.",
            Cloud.Gcp)
        {
            Rule = "gcp-at-most-one",
        },
        MailSandbox,
        BriefOverlap,
        HourOfConnections,
        ShortStop,
        ForgetfulCache,
    ];

    public override IReadOnlyDictionary<string, JsonObject> Overrides(Cloud cloud) => cloud is Cloud.Ovh or Cloud.Kubernetes
        ? new Dictionary<string, JsonObject>(RelayOn(cloud)) { ["files"] = new() { ["supplier"] = "mastodon.cdn.example" } }
        : RelayOn(cloud);

    public override void Declare(Model model)
    {
        var database = model.Add(new ManagedDatabase("database", new() { Database = "mastodon", DataClass = DataClass.Personal }));
        var cache = model.Add(new Cache("cache", new() { Size = Size.Medium, Eviction = Eviction.None }));
        var zone = model.Add(new DnsZone("zone"));
        var media = model.Add(new Bucket("media", new() { DataClass = DataClass.Personal }));
        var files = model.Add(new Cdn("files", new() { Origin = new(media), Zone = zone, Host = "files" }));
        model.Add(new DnsRecord("files-name", new() { Zone = zone, Host = "files", Targets = [new(files)] }));
        var mail = Mail(model, zone, "social");
        var keyBase = model.Add(new Secret("key-base", new() { Length = 128, Alphabet = SecretAlphabet.Hexadecimal }));
        var otp = model.Add(new Secret("otp", new() { Length = 128, Alphabet = SecretAlphabet.Hexadecimal }));
        var primary = model.Add(new Secret("encryption-primary"));
        var deterministic = model.Add(new Secret("encryption-deterministic"));
        var salt = model.Add(new Secret("encryption-salt"));
        var push = model.Add(new Secret("push-key", new() { Form = SecretForm.P256Key }));

        Variables common = new()
        {
            ["LOCAL_DOMAIN"] = model.Domain,
            ["WEB_DOMAIN"] = $"social.{model.Domain}",
            ["DB_HOST"] = database["HOST"],
            ["DB_PORT"] = database["PORT"],
            ["DB_NAME"] = database["DATABASE"],
            ["REDIS_URL"] = $"{cache["URL"]}/0",
            ["BIND"] = "0.0.0.0",
            ["DB_USER"] = database["USERNAME"],
            ["DB_PASS"] = database["PASSWORD"],
        };
        Variables rails = new(common)
        {
            ["RAILS_ENV"] = "production",
            ["RAILS_SERVE_STATIC_FILES"] = "true",
            ["DB_SSLMODE"] = database["TLS_MODE"],
            ["PGSSLROOTCERT"] = Authorities,
            ["REDIS_DRIVER"] = "ruby",
            ["SSL_CERT_FILE"] = Authorities,
            ["SECRET_KEY_BASE"] = keyBase,
            ["OTP_SECRET"] = otp,
            ["ACTIVE_RECORD_ENCRYPTION_PRIMARY_KEY"] = primary,
            ["ACTIVE_RECORD_ENCRYPTION_DETERMINISTIC_KEY"] = deterministic,
            ["ACTIVE_RECORD_ENCRYPTION_KEY_DERIVATION_SALT"] = salt,
            ["VAPID_PRIVATE_KEY"] = $"{push:vapid-private}",
            ["VAPID_PUBLIC_KEY"] = $"{push:vapid-public}",
            ["S3_ENABLED"] = "true",
            ["S3_BUCKET"] = media["NAME"],
            ["S3_REGION"] = media["REGION"],
            ["S3_ENDPOINT"] = media["ENDPOINT"],
            ["S3_ALIAS_HOST"] = files["HOST"],
            ["S3_PERMISSION"] = "",
            ["AWS_ACCESS_KEY_ID"] = media["ACCESS_KEY_ID"],
            ["AWS_SECRET_ACCESS_KEY"] = media["SECRET_ACCESS_KEY"],
            ["AWS_REQUEST_CHECKSUM_CALCULATION"] = media["CHECKSUMS"],
            ["AWS_RESPONSE_CHECKSUM_VALIDATION"] = media["CHECKSUMS"],
        };
        Files authorities = new() { [Authorities] = $"{database["CA"]}\n{cache["CA"]}\n{media["CA"]}\n" };

        Link(model.Add(new Job("migrate", new() { Command = Migrate, Environment = rails, Files = authorities, User = 991 })));
        var web = Send(Link(model.Add(new ContainerService("web", new()
        {
            Port = 3000,
            Size = Size.Medium,
            HealthCheck = new() { Path = "/health" },
            Command = Puma,
            Environment = rails,
            Files = authorities,
            User = 991,
        }))));
        var streaming = Link(model.Add(new ContainerService("streaming", new()
        {
            Port = 4000,
            HealthCheck = new() { Path = "/api/v1/streaming/health" },
            Command = Streaming,
            Environment = new(common)
            {
                ["NODE_ENV"] = "production",
                ["DB_SSLMODE"] = database["TLS_MODE"].When("verify-full", "verify-full", otherwise: "no-verify"),
                ["NODE_EXTRA_CA_CERTS"] = Authorities,
            },
            Files = authorities,
            User = 991,
        })));
        Send(Link(model.Add(new ContainerService("sidekiq", new()
        {
            Size = Size.Medium,
            Command = Sidekiq,
            StopSeconds = 60,
            Environment = rails,
            Files = authorities,
            User = 991,
        }))));
        Send(Link(model.Add(new ContainerService("scheduler", new()
        {
            Scaling = new() { AtMostOne = true },
            Command = Scheduler,
            StopSeconds = 60,
            Environment = rails,
            Files = authorities,
            User = 991,
        }))));

        Link(model.Add(new ScheduledJob("media-removal", new()
        {
            Schedule = "0 0 * * SUN",
            TimeoutMinutes = 12 * 60,
            Command = RemoveMedia,
            Environment = rails,
            Files = authorities,
            User = 991,
        })));

        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["social"], Zone = zone }));
        model.Add(new LoadBalancer("edge", new()
        {
            Certificate = certificate,
            IdleTimeoutSeconds = 300,
            Routes = [new(web, "social"), new(streaming, "social", "/api/v1/streaming")],
        }));

        T Link<T>(T consumer)
            where T : Consumer => consumer
                .Writes(database, variables: [])
                .Writes(cache, variables: [])
                .Writes(media, variables: [])
                .Calls(files, variables: []);

        T Send<T>(T consumer)
            where T : Consumer => consumer.Calls(mail, variables: new()
            {
                ["SMTP_SERVER"] = "{HOST}",
                ["SMTP_PORT"] = "{PORT}",
                ["SMTP_SSL"] = "true",
                ["SMTP_LOGIN"] = "{USERNAME}",
                ["SMTP_PASSWORD"] = "{PASSWORD}",
                ["SMTP_FROM_ADDRESS"] = "{FROM}",
            });
    }
}

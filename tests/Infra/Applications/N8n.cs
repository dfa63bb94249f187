using System.Text.Json.Nodes;
using Infra.Components.Caches;
using Infra.Components.Certificates;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Applications;

/// <summary>
/// Workflows in Node.js. One image is the editor, the receiver of webhooks, and the workers, by command; code in workflows runs in another
/// one beside each worker.
/// </summary>
public sealed class N8n : Application
{
    private const string Image = "docker.n8n.io/n8nio/n8n:1.111.0";
    private const string Runners = "docker.io/n8nio/runners:1.111.0";
    private const string Authorities = "/etc/n8n/ca/stores.pem";

    public override string Name => "n8n";

    public override string Title => "n8n";

    public override IReadOnlyList<string> Sources =>
    [
        "n8n-io/n8n-hosting at 05356da1, read 2026-11-26: docker-compose/withPostgresAndWorker/docker-compose.yml (processes, queue mode)",
        "docs.n8n.io: hosting/configuration/task-runners (external mode, a runner beside each worker, manual executions)",
        "n8n-io/n8n, read 2026-11-26: packages/@n8n/config/src/configs/scaling-mode.config.ts (Redis, TLS, health of workers), and at "
        + "0a0bb4e3, read 2026-11-27: user-management.config.ts (SMTP)",
    ];

    private static IReadOnlyList<VariableNeed> Variables =>
    [
        Plain("N8N_HOST", @"flows\.shop\.example"),
        Plain("N8N_PROTOCOL", "https"),
        Plain("N8N_PROXY_HOPS", "1"),
        Plain("WEBHOOK_URL", "https://flows.shop.example/"),
        Generated("N8N_ENCRYPTION_KEY", 32, SecretAlphabet.Alphanumeric),
        Plain("DB_TYPE", "postgresdb"),
        Plain("DB_POSTGRESDB_HOST", Shapes.Host),
        Plain("DB_POSTGRESDB_PORT", Shapes.Number),
        Plain("DB_POSTGRESDB_DATABASE", "n8n"),
        Plain("DB_POSTGRESDB_USER", Shapes.Name),
        Secret("DB_POSTGRESDB_PASSWORD", Shapes.Key("database", "PASSWORD")),
        Plain("DB_POSTGRESDB_SSL_ENABLED", "true"),
        Plain("DB_POSTGRESDB_SSL_REJECT_UNAUTHORIZED", Shapes.Boolean),
        Plain("EXECUTIONS_MODE", "queue"),
        Plain("OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS", "true"),
        Plain("QUEUE_BULL_REDIS_HOST", Shapes.Host),
        Plain("QUEUE_BULL_REDIS_PORT", Shapes.Number),
        Plain("QUEUE_BULL_REDIS_USERNAME", Shapes.Name),
        Secret("QUEUE_BULL_REDIS_PASSWORD", Shapes.Key("cache", "PASSWORD")),
        Plain("QUEUE_BULL_REDIS_DB", "0"),
        Plain("QUEUE_BULL_REDIS_TLS", "true"),
        Plain("QUEUE_BULL_REDIS_TLS_REJECT_UNAUTHORIZED", "true"),
        Plain("QUEUE_HEALTH_CHECK_ACTIVE", "true"),
        Plain("NODE_EXTRA_CA_CERTS", Authorities),
    ];

    // Who is invited, or forgot a password, is written to by the editor.
    private static IReadOnlyList<VariableNeed> OfEditor =>
    [
        .. Variables,
        Plain("N8N_EMAIL_MODE", "smtp"),
        Plain("N8N_SMTP_HOST", Shapes.Host),
        Plain("N8N_SMTP_PORT", Shapes.Number),
        Plain("N8N_SMTP_SSL", "true"),
        Plain("N8N_SMTP_USER", Shapes.Name),
        Secret("N8N_SMTP_PASS", Shapes.Key("mail", "PASSWORD")),
        Plain("N8N_SMTP_SENDER", "flows@mail.shop.example"),
    ];

    private static IReadOnlyList<VariableNeed> OfWorkers =>
    [
        .. Variables,
        Plain("N8N_RUNNERS_ENABLED", "true"),
        Plain("N8N_RUNNERS_MODE", "external"),
        Generated("N8N_RUNNERS_AUTH_TOKEN", 32, SecretAlphabet.Alphanumeric),
    ];

    private static IReadOnlyList<FileNeed> Files =>
        [new(Authorities, $"{Shapes.Key("database", "CA")}\n{Shapes.Key("cache", "CA")}\n")];

    public override IReadOnlyList<ContainerNeeds> Needs =>
    [
        // Without a licence there may be one editor.
        new("editor", Image, OfEditor) { Port = 5678, Health = "/healthz", AtMostOne = true, User = 1000, Files = Files },
        new("webhook", Image, Variables) { Port = 5678, Health = "/healthz", Command = ["webhook"], User = 1000, Files = Files },
        new("worker", Image, OfWorkers)
        {
            Health = "/healthz",
            HealthPort = 5678,
            Command = ["worker", "--concurrency=10"],
            User = 1000,
            Files = Files,
        },
        new(
            "worker/runners",
            Runners,
            [
                Plain("N8N_RUNNERS_TASK_BROKER_URI", "http://127.0.0.1:5679"),
                Generated("N8N_RUNNERS_AUTH_TOKEN", 32, SecretAlphabet.Alphanumeric),
            ])
        {
            User = 1000,
        },
    ];

    public override IReadOnlyList<Shortfall> Shortfalls =>
    [
        new(
            "an editor of which there is never more than one",
            "Without a licence there may be one editor. An update starts the new one before the old one is gone: timers may fire twice.",
            Cloud.Gcp)
        {
            Rule = "gcp-at-most-one",
        },
        new(
            "a volume that editor and workers share",
            "Nodes of the community are installed into a folder that all of them read, and a volume belongs to one replica: images with "
            + "them in it are the way."),
        new(
            "a database that the client verifies",
            "Its certificate has no name that a client can verify there: the image is told so, and connections are encrypted and not "
            + "verified.",
            Cloud.Gcp,
            Cloud.Ovh),
        MailSandbox,
        BriefOverlap,
        HourOfConnections,
        ShortStop,
        ForgetfulCache,
    ];

    public override IReadOnlyDictionary<string, JsonObject> Overrides(Cloud cloud) => RelayOn(cloud);

    public override void Declare(Model model)
    {
        var database = model.Add(new ManagedDatabase("database", new() { Database = "n8n" }));
        var cache = model.Add(new Cache("cache", new() { Eviction = Eviction.None }));
        var key = model.Add(new Secret("encryption-key"));
        var token = model.Add(new Secret("runners-token"));
        var zone = model.Add(new DnsZone("zone"));
        var mail = Mail(model, zone, "flows");
        Variables common = new()
        {
            ["N8N_HOST"] = $"flows.{model.Domain}",
            ["N8N_PROTOCOL"] = "https",
            ["N8N_PROXY_HOPS"] = "1",
            ["WEBHOOK_URL"] = $"https://flows.{model.Domain}/",
            ["N8N_ENCRYPTION_KEY"] = key,
            ["DB_TYPE"] = "postgresdb",
            ["DB_POSTGRESDB_SSL_ENABLED"] = "true",
            ["DB_POSTGRESDB_SSL_REJECT_UNAUTHORIZED"] = database["TLS_MODE"].When("verify-full", "true", otherwise: "false"),
            ["EXECUTIONS_MODE"] = "queue",
            ["OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS"] = "true",
            ["QUEUE_BULL_REDIS_DB"] = "0",
            ["QUEUE_BULL_REDIS_TLS"] = "true",
            ["QUEUE_BULL_REDIS_TLS_REJECT_UNAUTHORIZED"] = "true",
            ["QUEUE_HEALTH_CHECK_ACTIVE"] = "true",
            ["NODE_EXTRA_CA_CERTS"] = Authorities,
        };
        Files files = new() { [Authorities] = $"{database["CA"]}\n{cache["CA"]}\n" };

        var editor = Link(model.Add(new ContainerService("editor", new()
        {
            Port = 5678,
            Size = Size.Medium,
            Scaling = new() { AtMostOne = true },
            Environment = common,
            Files = files,
            User = 1000,
        })))
            .Calls(mail, variables: new()
            {
                ["N8N_EMAIL_MODE"] = "smtp",
                ["N8N_SMTP_HOST"] = "{HOST}",
                ["N8N_SMTP_PORT"] = "{PORT}",
                ["N8N_SMTP_SSL"] = "true",
                ["N8N_SMTP_USER"] = "{USERNAME}",
                ["N8N_SMTP_PASS"] = "{PASSWORD}",
                ["N8N_SMTP_SENDER"] = "{FROM}",
            });
        var webhook = Link(model.Add(new ContainerService("webhook", new()
        {
            Port = 5678,
            Command = ["webhook"],
            Environment = common,
            Files = files,
            User = 1000,
        })));
        Link(model.Add(new ContainerService("worker", new()
        {
            Size = Size.Medium,
            Command = ["worker", "--concurrency=10"],
            HealthCheck = new() { Port = 5678 },
            StopSeconds = 60,
            Environment = new(common)
            {
                ["N8N_RUNNERS_ENABLED"] = "true",
                ["N8N_RUNNERS_MODE"] = "external",
                ["N8N_RUNNERS_AUTH_TOKEN"] = token,
            },
            Files = files,
            User = 1000,
            Sidecars =
            [
                new()
                {
                    Name = "runners",
                    Environment = new()
                    {
                        ["N8N_RUNNERS_TASK_BROKER_URI"] = "http://127.0.0.1:5679",
                        ["N8N_RUNNERS_AUTH_TOKEN"] = token,
                    },
                    User = 1000,
                    MilliCpu = 250,
                    MemoryMiB = 512,
                },
            ],
        })));

        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["flows"], Zone = zone }));
        model.Add(new LoadBalancer("edge", new()
        {
            Certificate = certificate,
            IdleTimeoutSeconds = 300,
            Routes = [new(editor, "flows"), new(webhook, "flows", "/webhook")],
        }));

        T Link<T>(T consumer)
            where T : Consumer => consumer
                .Writes(database, variables: new()
                {
                    ["DB_POSTGRESDB_HOST"] = "{HOST}",
                    ["DB_POSTGRESDB_PORT"] = "{PORT}",
                    ["DB_POSTGRESDB_DATABASE"] = "{DATABASE}",
                    ["DB_POSTGRESDB_USER"] = "{USERNAME}",
                    ["DB_POSTGRESDB_PASSWORD"] = "{PASSWORD}",
                })
                .Writes(cache, variables: new()
                {
                    ["QUEUE_BULL_REDIS_HOST"] = "{HOST}",
                    ["QUEUE_BULL_REDIS_PORT"] = "{PORT}",
                    ["QUEUE_BULL_REDIS_USERNAME"] = "{USERNAME}",
                    ["QUEUE_BULL_REDIS_PASSWORD"] = "{PASSWORD}",
                });
    }
}

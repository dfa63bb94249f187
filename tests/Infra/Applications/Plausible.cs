using System.Text.Json.Nodes;
using Infra.Components.Certificates;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.Externals;
using Infra.Components.Jobs;
using Infra.Components.LoadBalancers;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Applications;

/// <summary>Web analytics in Elixir: PostgreSQL, and a ClickHouse that somebody else runs.</summary>
public sealed class Plausible : Application
{
    private const string Image = "ghcr.io/plausible/community-edition:v3.0.1";
    private const string Authority = "/etc/plausible/ca/postgresql.pem";

    private static readonly string[] Run = ["run"];

    // The image's entry point makes "db" a release command. The database is there already.
    private static readonly string[] Migrate = ["db", "migrate"];

    public override string Name => "plausible";

    public override string Title => "Plausible";

    public override IReadOnlyList<string> Sources =>
    [
        "plausible/community-edition at 285eb871 (2.1.3), read 2026-11-26: compose.yml (processes, variables); wiki: configuration",
        "plausible/analytics, read 2026-11-26: config/runtime.exs and its test (DATABASE_CACERTFILE turns TLS on, and verifies the name)",
    ];

    private static IReadOnlyList<VariableNeed> Variables =>
    [
        Plain("BASE_URL", "https://stats.shop.example"),
        Plain("HTTP_PORT", "8000"),
        Plain("DISABLE_REGISTRATION", "invite_only"),
        Generated("SECRET_KEY_BASE", 64, SecretAlphabet.Base64Url),
        Secret("DATABASE_URL", $"postgres://{Shapes.Key("database", "USERNAME")}:{Shapes.Key("database", "PASSWORD")}"
            + $"@{Shapes.Key("database", "HOST")}:{Shapes.Key("database", "PORT")}/{Shapes.Key("database", "DATABASE")}\\?ssl=true"),
        Plain("DATABASE_CACERTFILE", Authority) with { AwayOn = [Cloud.Gcp, Cloud.Ovh] },
        Secret("CLICKHOUSE_DATABASE_URL", $"https://plausible:{Shapes.Key("events-password", "VALUE")}"
            + $"@{Shapes.Key("events", "HOST")}:{Shapes.Key("events", "PORT")}/plausible_events_db"),
    ];

    private static IReadOnlyList<VariableNeed> Sending =>
    [
        .. Variables,
        Plain("MAILER_EMAIL", "stats@mail.shop.example"),
        Plain("SMTP_HOST_ADDR", Shapes.Host),
        Plain("SMTP_HOST_PORT", Shapes.Number),
        Plain("SMTP_HOST_SSL_ENABLED", "true"),
        Plain("SMTP_USER_NAME", Shapes.Name),
        Secret("SMTP_USER_PWD", Shapes.Key("mail", "PASSWORD")),
    ];

    private static IReadOnlyList<FileNeed> Files =>
        [new(Authority, Shapes.Key("database", "CA"))];

    public override IReadOnlyList<ContainerNeeds> Needs =>
    [
        new("web", Image, Sending) { Port = 8000, Health = "/api/health", Command = Run, User = 999, Files = Files },
        new("migrate", Image, Variables) { Command = Migrate, User = 999, Files = Files },
    ];

    public override IReadOnlyList<Shortfall> Shortfalls =>
    [
        new(
            "ClickHouse",
            "No kind is one: somebody else runs it, such as a cluster of ClickHouse Cloud, and the system is let out to it. Its empty "
            + "database is made by hand."),
        new(
            "TLS that the client verifies",
            "The client verifies the name of the server or nothing. PostgreSQL is reached by an address there, or nobody knows which names "
            + "its certificate has, so that the connection is encrypted and not verified.",
            Cloud.Gcp,
            Cloud.Ovh),
        MailSandbox,
    ];

    public override IReadOnlyDictionary<string, JsonObject> Overrides(Cloud cloud) => RelayOn(cloud);

    public override void Declare(Model model)
    {
        var database = model.Add(new ManagedDatabase("database", new() { Version = "16", Database = "plausible" }));
        var events = model.Add(new External("events", new() { Host = "events.clickhouse.example", Port = 8443 }));
        var zone = model.Add(new DnsZone("zone"));
        var mail = Mail(model, zone, "stats");
        var keyBase = model.Add(new Secret("key-base", new() { Length = 64, Alphabet = SecretAlphabet.Base64Url }));
        var eventsPassword = model.Add(new Secret("events-password", new() { MustBeGiven = true }));
        Variables common = new()
        {
            ["BASE_URL"] = $"https://stats.{model.Domain}",
            ["HTTP_PORT"] = "8000",
            ["DISABLE_REGISTRATION"] = "invite_only",
            ["SECRET_KEY_BASE"] = keyBase,
            ["DATABASE_URL"] = $"postgres://{database["USERNAME"]}:{database["PASSWORD"]:url}@{database["HOST"]}:{database["PORT"]}"
                + $"/{database["DATABASE"]}?ssl=true",
            ["DATABASE_CACERTFILE"] = database["TLS_MODE"].When("verify-full", Authority),
            ["CLICKHOUSE_DATABASE_URL"] = $"https://plausible:{eventsPassword:url}@{events["HOST"]}:{events["PORT"]}/plausible_events_db",
        };
        Files files = new() { [Authority] = database["CA"] };

        Link(model.Add(new Job("migrate", new() { Command = Migrate, Environment = common, Files = files, User = 999 })));
        var web = Link(model.Add(new ContainerService("web", new()
        {
            Port = 8000,
            Size = Size.Medium,
            HealthCheck = new() { Path = "/api/health" },
            Command = Run,
            Environment = common,
            Files = files,
            User = 999,
        })))
            .Calls(mail, variables: new()
            {
                ["MAILER_EMAIL"] = "{FROM}",
                ["SMTP_HOST_ADDR"] = "{HOST}",
                ["SMTP_HOST_PORT"] = "{PORT}",
                ["SMTP_HOST_SSL_ENABLED"] = "true",
                ["SMTP_USER_NAME"] = "{USERNAME}",
                ["SMTP_USER_PWD"] = "{PASSWORD}",
            });

        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["stats"], Zone = zone }));
        model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(web, "stats")] }));

        T Link<T>(T consumer)
            where T : Consumer => consumer
                .Writes(database, variables: [])
                .Calls(events, variables: []);
    }
}

namespace Infra.Tests.Applications;

/// <summary>The applications that were tried, and those of which nothing could be tried.</summary>
internal static class ApplicationIndex
{
    /// <summary>Those that are systems here, in alphabetical order.</summary>
    public static IReadOnlyList<Application> All { get; } =
    [
        new RetailStore(),
        new Chatwoot(),
        new Immich(),
        new Mastodon(),
        new N8n(),
        new OnlineBoutique(),
        new Outline(),
        new Plausible(),
        new ThingsBoard(),
    ];

    /// <summary>Those that can run on no cloud, with the reason; too little of them is left for a system.</summary>
    public static IReadOnlyList<(string Title, string Why, string Source)> Impossible { get; } =
    [
        (
            "eShop",
            "No images are published: .NET Aspire builds its parts from their source, and wires them. What they use is here: an event bus "
            + "by AMQP (MessageBroker), four databases of one PostgreSQL with pgvector (LogicalDatabase), and a cache.",
            "dotnet/eShop, read 2026-11-27: src/eShop.AppHost/Program.cs at 00cd2dd7, README.md at 01936564 (it is run from source)"),
        (
            "OpenTelemetry demo",
            "Its carts do not start without a Valkey that speaks without TLS (ssl=false stands behind whatever address they are "
            + "given), and every cache here asks for TLS. What it is there to show goes through a collector that reads the host's files "
            + "and the socket of Docker as root. Orders reach accounting and fraud detection by Kafka without TLS and login, which no "
            + "EventStream allows; its smaller configuration does without. Its flags are files, and its services speak gRPC: both are "
            + "here.",
            "open-telemetry/opentelemetry-demo at 1755859a (3.0.0), read 2026-11-27: compose.yaml, compose.full.yaml, "
            + "src/cart/src/cartstore/ValkeyCartStore.cs, src/cart/src/Program.cs, src/checkout/kafka/producer.go, "
            + "src/accounting/Consumer.cs, src/fraud-detection/src/main/kotlin/frauddetection/main.kt"),
        (
            "Sentry",
            "Its events are kept in ClickHouse, which no kind is; Kafka, by which they come there, would be an EventStream. "
            + "Attachments, symbols and profiles lie in folders that several of its containers share, and a volume belongs to one "
            + "replica. Its images are built where it is installed.",
            "getsentry/self-hosted at 005c4931, read 2026-11-27: docker-compose.yml"),
        (
            "Supabase",
            "It is a PostgreSQL of its own: an image with some forty extensions, a superuser by whom parts of it log in (supabase_admin), "
            + "and logical replication. No managed database gives these, and a login of a ManagedDatabase or a LogicalDatabase is no "
            + "superuser.",
            "supabase/supabase at 00069a4c, read 2026-11-27: docker/docker-compose.yml"),
    ];
}

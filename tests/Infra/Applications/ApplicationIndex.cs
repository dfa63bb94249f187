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
            "No images are published: its parts are built and wired by .NET Aspire. Their event bus by AMQP is a message broker here; "
            + "they need PostgreSQL with pgvector besides.",
            "dotnet/eShop at 5624ad5, read 2026-11-26: src/eShop.AppHost/Program.cs"),
        (
            "OpenTelemetry demo",
            "Orders go through Kafka, most services speak gRPC, flags are read from files that are mounted, and what it shows (Jaeger, "
            + "Prometheus, Grafana, OpenSearch) keeps data in volumes.",
            "open-telemetry/opentelemetry-demo at 00957563, read 2026-11-26: docker-compose.yml"),
        (
            "Sentry",
            "Events go through Kafka into ClickHouse, attachments and symbols lie in shared volumes, and some thirty workers wait for "
            + "both.",
            "getsentry/self-hosted at 005c4931, read 2026-11-26: docker-compose.yml"),
        (
            "Supabase",
            "It is a PostgreSQL of its own: an image with some forty extensions, roles that are superusers, and logical replication, "
            + "which no managed database gives. Its gateway writes its configuration in an entry point of a shell.",
            "supabase/supabase at 00069a4c, read 2026-11-26: docker/docker-compose.yml"),
    ];
}

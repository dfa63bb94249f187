using Infra.Components.Databases;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

/// <summary>What a consumer's login may do in a server of PostgreSQL that carries the grants out for real.</summary>
public sealed class PostgreSqlPrivilegeTests
{
    private const string Program = "postgres";
    private const string Package = "postgresql";

    [ProgramFact(Program, Package)]
    public void A_writer_uses_extensions_that_it_may_not_make()
    {
        using var server = new PostgreSqlServer("SUPERUSER", "shared_preload_libraries=pg_stat_statements");
        server.Create("app");
        var grants = Grants("earthdistance", "hstore", "pg_stat_statements", "pg_trgm", "uuid-ossp");

        Assert.Equal((0, ""), server.SetUp(grants));

        foreach (var statement in new[]
        {
            "CREATE TABLE places (id uuid DEFAULT uuid_generate_v4(), name text, tags hstore, at earth)",
            "CREATE INDEX ON places USING gin (name gin_trgm_ops)",
            "CREATE INDEX ON places USING gist (at)",
            "INSERT INTO places (name, tags, at) VALUES ('Paris', 'a=>1', ll_to_earth(48.9, 2.4))",
            "SELECT count(*) FROM pg_stat_statements",
            // As published applications do when they start.
            "CREATE EXTENSION IF NOT EXISTS cube; CREATE EXTENSION IF NOT EXISTS pg_stat_statements",
        })
        {
            var (exitCode, text) = server.Sql("shop_login", "app", statement);
            Assert.True(exitCode == 0, $"{statement}: {text}");
        }

        Assert.Equal((0, "Paris"), server.Sql("report_login", "app", "SELECT name FROM places WHERE name % 'paris' AND tags ? 'a'"));
        Assert.Contains("permission denied", server.Sql("shop_login", "app", "CREATE EXTENSION pgrowlocks").Text, StringComparison.Ordinal);
    }

    [ProgramFact(Program, Package)]
    public void An_extension_that_is_taken_off_the_list_stays_with_what_uses_it()
    {
        using var server = new PostgreSqlServer("SUPERUSER");
        server.Create("app");
        Assert.Equal((0, ""), server.SetUp(Grants("hstore")));
        Assert.Equal(0, server.Sql("shop_login", "app", "CREATE TABLE kept (tags hstore)").ExitCode);

        Assert.Equal((0, ""), server.SetUp(Grants()));

        Assert.Equal((0, "0"), server.Sql("shop_login", "app", "SELECT count(tags) FROM kept"));
    }

    [ProgramFact(Program, Package)]
    public void An_administrator_who_is_no_superuser_finds_what_an_operator_made()
    {
        using var server = new PostgreSqlServer();
        server.Create("app");
        Assert.NotEqual(0, server.SetUp(Grants("earthdistance")).ExitCode);

        server.Sql("superuser", "app", "CREATE EXTENSION cube; CREATE EXTENSION earthdistance");

        Assert.Equal((0, ""), server.SetUp(Grants("earthdistance")));
        Assert.Equal(0, server.Sql("shop_login", "app", "CREATE TABLE places (at earth)").ExitCode);
    }

    [ProgramFact(Program, Package)]
    public void A_further_database_is_made_once_and_is_closed_to_the_logins_of_others()
    {
        using var server = new PostgreSqlServer();
        server.Create("app");
        Assert.Equal((0, ""), server.SetUp(Grants()));
        var archive = Archive("order");

        Assert.Equal((0, ""), server.SetUp(archive));
        Assert.Equal((0, ""), server.SetUp(archive));

        Assert.Equal(0, server.Sql("shop__archive_login", "order", "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)").ExitCode);
        Assert.Contains("permission denied", server.Sql("shop_login", "order", "SELECT 1").Text, StringComparison.Ordinal);
        Assert.Contains("permission denied", server.Sql("shop__archive_login", "app", "SELECT 1").Text, StringComparison.Ordinal);
    }

    [ProgramFact(Program, Package)]
    public void Tables_of_one_writer_are_another_ones_to_change_and_every_readers_to_read()
    {
        using var server = new PostgreSqlServer();
        server.Create("app");
        Assert.Equal((0, ""), server.SetUp([.. Archive("archive"), Of("archive", "schema", Intent.Write)]));

        Assert.Equal(0, server.Sql("schema__archive_login", "archive", "CREATE TABLE kept (id serial)").ExitCode);

        Assert.Equal(
            0,
            server.Sql("shop__archive_login", "archive", "ALTER TABLE kept ADD name text; INSERT INTO kept (name) VALUES ('a')").ExitCode);
        Assert.Equal((0, "1"), server.Sql("report__archive_login", "archive", "SELECT count(*) FROM kept"));
        Assert.Contains(
            "permission denied",
            server.Sql("report__archive_login", "archive", "INSERT INTO kept (name) VALUES ('b')").Text,
            StringComparison.Ordinal);
    }

    [ProgramFact(Program, Package)]
    public void What_is_created_goes_into_the_first_schema_of_the_search_path_and_readers_find_it_there()
    {
        using var server = new PostgreSqlServer("SUPERUSER");
        server.Create("app");

        // A word of SQL, and the one that every database has.
        Assert.Equal((0, ""), server.SetUp(Archive("archive", ["order", "tools"], "hstore")));

        Assert.Equal(0, server.Sql("shop__archive_login", "archive", "CREATE TABLE kept (tags hstore)").ExitCode);
        Assert.Equal(0, server.Sql("shop__archive_login", "archive", "CREATE TABLE tools.used ()").ExitCode);
        Assert.Equal(
            (0, "order"),
            server.Sql("shop__archive_login", "archive", "SELECT schemaname FROM pg_tables WHERE tablename = 'kept'"));
        Assert.Equal((0, "0"), server.Sql("report__archive_login", "archive", "SELECT count(tags) FROM kept"));
        Assert.Equal((0, "0"), server.Sql("report__archive_login", "archive", "SELECT count(*) FROM used"));

        // Elsewhere nothing changes, and without a path names are looked up as before.
        Assert.Equal((0, ""), server.SetUp(Archive("archive")));
        Assert.Contains(
            "does not exist",
            server.Sql("shop__archive_login", "archive", "SELECT * FROM kept").Text,
            StringComparison.Ordinal);
        Assert.Equal((0, "0"), server.Sql("report__archive_login", "archive", "SELECT count(*) FROM \"order\".kept"));
    }

    [ProgramFact(Program, Package)]
    public void A_schema_that_a_writer_makes_by_itself_is_open_to_readers()
    {
        using var server = new PostgreSqlServer();
        server.Create("app");
        Assert.Equal((0, ""), server.SetUp(Archive("archive")));

        Assert.Equal(0, server.Sql("shop__archive_login", "archive", "CREATE SCHEMA own; CREATE TABLE own.kept (id int)").ExitCode);

        Assert.Equal((0, "0"), server.Sql("report__archive_login", "archive", "SELECT count(*) FROM own.kept"));
    }

    private static DatabaseGrant[] Archive(string database, IReadOnlyList<string>? path = null, params string[] extensions) =>
    [
        .. new[] { ("report", Intent.Read), ("shop", Intent.Write) }.Select(consumer =>
            Of(database, consumer.Item1, consumer.Item2) with { SearchPath = path ?? [], Extensions = extensions }),
    ];

    // A further database, which nobody made yet.
    private static DatabaseGrant Of(string database, string consumer, Intent intent) =>
        new(DatabaseEngine.PostgreSql, "17", database, consumer, intent) { Part = "archive", MadeFrom = "app" };

    private static DatabaseGrant[] Grants(params string[] extensions) =>
    [
        .. new[] { ("report", Intent.Read), ("shop", Intent.Write) }.Select(consumer =>
            new DatabaseGrant(DatabaseEngine.PostgreSql, "17", "app", consumer.Item1, consumer.Item2)
            {
                Extensions = DatabaseExtensions.Complete(extensions),
            }),
    ];
}

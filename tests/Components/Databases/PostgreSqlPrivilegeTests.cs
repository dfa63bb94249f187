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

    private static DatabaseGrant[] Grants(params string[] extensions) =>
    [
        .. new[] { ("report", Intent.Read), ("shop", Intent.Write) }.Select(consumer =>
            new DatabaseGrant(DatabaseEngine.PostgreSql, "17", "app", consumer.Item1, consumer.Item2)
            {
                Extensions = DatabaseExtensions.Complete(extensions),
            }),
    ];
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Infra.Components.Clouds.Aws;
using Infra.Components.Databases;
using Infra.Components.Systems;
using Xunit;

namespace Infra.Tests.Databases;

public sealed class DatabaseGrantTests
{
    [Fact]
    public void A_writer_joins_the_group_that_owns_the_schema()
    {
        var script = Script(DatabaseEngine.PostgreSql, "17", Intent.Write);

        Assert.Contains("ALTER SCHEMA public OWNER TO shop_writers;", script);
        Assert.Contains("GRANT shop_writers TO order_api_login;", script);
        Assert.Contains("ALTER ROLE order_api_login IN DATABASE \"shop\" SET role = 'shop_writers';", script);
    }

    [Fact]
    public void A_reader_leaves_the_writers_and_may_select_what_they_create()
    {
        var script = Script(DatabaseEngine.PostgreSql, "17", Intent.Read);

        Assert.Contains("ALTER DEFAULT PRIVILEGES FOR ROLE shop_writers GRANT SELECT ON TABLES TO shop_readers;", script);
        Assert.Contains("REVOKE shop_writers FROM order_api_login;", script);
        Assert.Contains("GRANT shop_readers TO order_api_login;", script);
        Assert.DoesNotContain("GRANT shop_writers TO order_api_login", script);
    }

    [Fact]
    public void A_PostgreSQL_database_is_closed_to_logins_without_a_grant() =>
        Assert.Contains("REVOKE ALL ON DATABASE \"shop\" FROM PUBLIC;", Script(DatabaseEngine.PostgreSql, "17", Intent.Read));

    [Fact]
    public void A_MySQL_login_may_only_connect_with_TLS() =>
        Assert.Contains(
            "ALTER USER 'order_api_login'@'%' IDENTIFIED BY '$LOGIN_PASSWORD' REQUIRE SSL;",
            Script(DatabaseEngine.MySql, "8.4", Intent.Read));

    [Fact]
    public void A_MySQL_reader_only_selects_and_loses_what_it_had_as_a_writer()
    {
        var script = Script(DatabaseEngine.MySql, "8.4", Intent.Read);

        Assert.Contains("GRANT SELECT ON \\`shop\\`.* TO 'order_api_login'@'%';", script);
        Assert.Contains("REVOKE IF EXISTS INSERT, UPDATE, DELETE", script);
    }

    [Fact]
    public void A_MySQL_grant_takes_an_underscore_for_an_underscore()
    {
        var script = new DatabaseGrant(DatabaseEngine.MySql, "8.4", "a1_b2", "order-api", Intent.Write).Command[3];

        Assert.Contains(@"LOCK TABLES ON \`a1\_b2\`.* TO 'order_api_login'@'%';", script);
        Assert.Matches(@"REVOKE IF EXISTS SELECT, INSERT, .* ON \\`a1_b2\\`\.\* FROM 'order_api_login'@'%';\nGRANT ", script);
    }

    [Fact]
    public void A_MySQL_writer_owns_the_schema_and_nothing_beyond_its_database()
    {
        var script = Script(DatabaseEngine.MySql, "8.4", Intent.Write);

        Assert.Contains("GRANT SELECT, INSERT, UPDATE, DELETE, CREATE", script);
        Assert.DoesNotContain("*.*", script);
        Assert.DoesNotContain("GRANT OPTION", script);
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void The_client_is_as_new_as_every_server(DatabaseEngine engine)
    {
        var client = double.Parse(string.Join('.', DatabaseGrant.ClientOf(engine).Tag.Split('.').Take(2)), CultureInfo.InvariantCulture);

        Assert.All(
            ManagedDatabaseArgs.Versions(engine),
            version => Assert.InRange(double.Parse(version, CultureInfo.InvariantCulture), 0, client));
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void Passwords_come_from_the_environment_and_reach_no_process_list(DatabaseEngine engine)
    {
        var command = new DatabaseGrant(engine, "17", "shop", "order-api", Intent.Write).Command;

        Assert.Equal(["sh", "-e", "-c"], command.Take(3));
        Assert.DoesNotContain("--password", command[3]);
        Assert.Contains(DatabaseGrant.LoginPassword, command[3]);
    }

    [Theory]
    [InlineData("order")]
    [InlineData("user")]
    [InlineData("table")]
    public void A_database_may_be_called_by_a_word_of_SQL(string database)
    {
        var postgres = new DatabaseGrant(DatabaseEngine.PostgreSql, "17", database, "api", Intent.Write).Command[3];
        var mysql = new DatabaseGrant(DatabaseEngine.MySql, "8.4", database, "api", Intent.Write).Command[3];

        Assert.Contains($"GRANT CONNECT, TEMPORARY, CREATE ON DATABASE \"{database}\" TO {database}_writers;", postgres);
        Assert.DoesNotContain($"DATABASE {database} ", postgres);
        // As the shell must read it: bare backticks would run a command.
        Assert.Contains($" ON \\`{database}\\`.* TO", mysql);
    }

    [Fact]
    public void The_groups_of_a_database_with_a_long_name_stay_two()
    {
        var script = new DatabaseGrant(DatabaseEngine.PostgreSql, "17", new string('d', 63), "api", Intent.Write).Command[3];

        var roles = Regex.Matches(script, "d+_[0-9a-f]{8}_(readers|writers)").Select(match => match.Value).Distinct().ToList();
        Assert.Equal(2, roles.Count);
        Assert.All(roles, role => Assert.InRange(role.Length, 1, 63));
    }

    [Fact]
    public void The_login_of_a_consumer_with_a_long_name_is_one_that_MySQL_takes_and_no_other_has()
    {
        var logins = new[] { "one", "two" }.Select(end => DatabaseGrant.LoginOf($"recommendations-of-the-day-{end}")).ToList();

        Assert.All(logins, login => Assert.InRange(login.Length, 1, 32));
        Assert.Equal(2, logins.Distinct().Count());
        Assert.Equal("order_api_login", DatabaseGrant.LoginOf("order-api"));
    }

    [Theory]
    [InlineData(DatabaseEngine.PostgreSql)]
    [InlineData(DatabaseEngine.MySql)]
    public void The_logins_that_one_container_sets_up_fit_into_a_task_definition_whatever_they_are_called(DatabaseEngine engine)
    {
        var grants = Enumerable.Range(0, 15).Select(at =>
            new DatabaseGrant(engine, "17", new string('d', 63), $"consumer-with-a-name-of-thirty-eight-c{at}", Intent.Write)
            {
                Extensions = engine == DatabaseEngine.PostgreSql ? DatabaseExtensions.Known : [],
                SearchPath = engine == DatabaseEngine.PostgreSql
                    ? [.. Enumerable.Range(0, 5).Select(schema => $"{new string('s', 62)}{schema}")]
                    : [],
                Part = new string('p', 40),
                MadeFrom = new string('m', 63),
            });

        // What else is in it (names, references to secrets) takes less than the eighth that is left.
        var definition = AwsJson.Text(AwsJson.List(DatabaseGrant.CommandOf([.. grants])));
        Assert.InRange(Encoding.UTF8.GetByteCount(definition), 1, 56 * 1024);
    }

    [Fact]
    public void The_database_is_prepared_once_for_all_logins_that_one_container_sets_up()
    {
        var script = DatabaseGrant.CommandOf([.. new[] { "report", "shop" }.Select(consumer =>
            new DatabaseGrant(DatabaseEngine.PostgreSql, "17", "archive", consumer, Intent.Write)
            {
                Extensions = ["hstore"],
                SearchPath = ["sales"],
                MadeFrom = "app",
            })])[^1];

        Assert.Equal(1, Count("CREATE DATABASE"));
        Assert.Equal(1, Count("CREATE EXTENSION"));
        Assert.Equal(1, Count("CREATE SCHEMA"));
        Assert.Equal(2, Count("SET search_path = \"sales\", \"public\";"));

        int Count(string words) => script.Split(words).Length - 1;
    }

    private static string Script(DatabaseEngine engine, string version, Intent intent) =>
        new DatabaseGrant(engine, version, "shop", "order-api", intent).Command[3];
}

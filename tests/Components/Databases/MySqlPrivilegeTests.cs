using Infra.Components.Databases;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

/// <summary>
/// What a consumer's login may do in a server that reads the grants for real. MariaDB reads names of databases in grants as MySQL does.
/// </summary>
public sealed class MySqlPrivilegeTests
{
    [ProgramFact("mariadbd", "mariadb-server")]
    public void A_login_opens_its_own_database_and_none_whose_name_only_looks_like_it()
    {
        using var server = new MariaDbServer();
        server.Sql("root", "CREATE DATABASE a1_b2; CREATE DATABASE a1xb2; CREATE TABLE a1xb2.others (id int)");

        server.Grant(GrantTo(Intent.Write));
        Assert.Equal(0, server.Sql("shop_login", "CREATE TABLE a1_b2.own (id int)").ExitCode);
        Assert.Contains("denied", server.Sql("shop_login", "SELECT * FROM a1xb2.others").Errors, StringComparison.Ordinal);

        server.Grant(GrantTo(Intent.Read));
        Assert.Equal(0, server.Sql("shop_login", "SELECT * FROM a1_b2.own").ExitCode);
        Assert.Contains("denied", server.Sql("shop_login", "INSERT INTO a1_b2.own VALUES (1)").Errors, StringComparison.Ordinal);
    }

    [ProgramFact("mariadbd", "mariadb-server")]
    public void What_an_earlier_version_granted_too_much_is_taken_back()
    {
        using var server = new MariaDbServer();
        server.Sql("root", "CREATE DATABASE a1_b2; CREATE DATABASE a1xb2; CREATE TABLE a1xb2.others (id int)");
        server.Sql("root", "CREATE USER 'shop_login'@'%'; GRANT SELECT, INSERT ON `a1_b2`.* TO 'shop_login'@'%'");
        Assert.Equal(0, server.Sql("shop_login", "SELECT * FROM a1xb2.others", password: "").ExitCode);

        server.Grant(GrantTo(Intent.Write));

        Assert.Contains("denied", server.Sql("shop_login", "SELECT * FROM a1xb2.others").Errors, StringComparison.Ordinal);
        Assert.Equal(0, server.Sql("shop_login", "CREATE TABLE a1_b2.own (id int)").ExitCode);
    }

    [ProgramFact("mariadbd", "mariadb-server")]
    public void A_further_database_is_made_once_and_is_closed_to_the_logins_of_others()
    {
        using var server = new MariaDbServer();
        server.Sql("root", "CREATE DATABASE a1_b2");
        server.Grant(GrantTo(Intent.Write));
        var archive = new DatabaseGrant(DatabaseEngine.MySql, "8.4", "order_archive", "shop", Intent.Write)
        {
            Part = "archive",
            MadeFrom = "a1_b2",
        };

        server.Grant(archive);
        Assert.Equal(0, server.Sql("shop__archive_login", "CREATE TABLE order_archive.kept (id int)").ExitCode);
        server.Grant(archive);

        Assert.Equal(0, server.Sql("shop__archive_login", "SELECT * FROM order_archive.kept").ExitCode);
        Assert.Contains("denied", server.Sql("shop_login", "SELECT * FROM order_archive.kept").Errors, StringComparison.Ordinal);
        Assert.Contains("denied", server.Sql("shop__archive_login", "CREATE TABLE a1_b2.other (id int)").Errors, StringComparison.Ordinal);
    }

    private static DatabaseGrant GrantTo(Intent intent) => new(DatabaseEngine.MySql, "8.4", "a1_b2", "shop", intent);
}

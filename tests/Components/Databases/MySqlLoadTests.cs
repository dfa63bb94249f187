using Infra.Components.Databases;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

/// <summary>Loading a dump for real, with the login that the job has which does it, into a server that speaks as MySQL does.</summary>
public sealed class MySqlLoadTests : IDisposable
{
    private const string Loader = "orders-load";

    // Data with lines that look like statements, a view, a trigger and a procedure whose definer nobody else knows.
    private const string Original = """
        CREATE DATABASE original; USE original;
        CREATE TABLE customers (id int PRIMARY KEY, name varchar(100));
        CREATE TABLE orders (
          id int AUTO_INCREMENT PRIMARY KEY, customer int NOT NULL, note text, FOREIGN KEY (customer) REFERENCES customers (id));
        INSERT INTO customers VALUES (1, 'Ada'), (2, 'Bob');
        INSERT INTO orders (customer, note)
          SELECT 1 + seq % 2, CONCAT('DEFINER=`a`@`b`\nUSE `mysql`;\n', REPEAT('x', 200)) FROM seq_1_to_20000;
        CREATE USER stranger@localhost;
        CREATE DEFINER = stranger@localhost VIEW totals AS SELECT COUNT(*) AS orders FROM orders;
        CREATE DEFINER = stranger@localhost TRIGGER noted BEFORE INSERT ON orders FOR EACH ROW SET NEW.note = COALESCE(NEW.note, 'none');
        CREATE DEFINER = stranger@localhost PROCEDURE answer() SELECT 42
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [ProgramFact("mariadbd", "mariadb-server")]
    public void A_dump_is_loaded_with_all_that_is_in_it_once()
    {
        using var server = Started(out var file);

        var loaded = server.Load("one", Loader, file);
        Assert.True(loaded.ExitCode == 0, loaded.Errors);
        Assert.Equal("20000", server.Sql("shop_login", "SELECT orders FROM one.totals").Text);
        Assert.Equal("42", server.Sql("shop_login", "CALL one.answer()").Text);
        Assert.Equal(0, server.Sql("shop_login", "INSERT INTO one.orders (customer) VALUES (1)").ExitCode);
        Assert.Equal("none", server.Sql("report_login", "SELECT note FROM one.orders ORDER BY id DESC LIMIT 1").Text);
        var note = server.Sql("report_login", "SELECT note FROM one.orders LIMIT 1").Text;
        Assert.Contains("DEFINER=`a`@`b`", note, StringComparison.Ordinal);

        var again = server.Load("one", Loader, file);
        Assert.True(again.ExitCode == 0 && again.Errors.Contains("loaded from a dump before", StringComparison.Ordinal), again.Errors);
        Assert.Equal("20001", server.Sql("shop_login", "SELECT orders FROM one.totals").Text);

        Assert.Equal(0, server.Sql("shop_login", "CREATE TABLE two.kept (id int)").ExitCode);
        var used = server.Load("two", Loader, file);
        Assert.True(used.ExitCode == 0 && used.Errors.Contains("left alone", StringComparison.Ordinal), used.Errors);
        Assert.Equal("kept", server.Sql("shop_login", "SHOW TABLES IN two").Text);
    }

    [ProgramFact("mariadbd", "mariadb-server")]
    public void Whoever_is_stopped_on_the_way_is_followed_by_one_who_begins_anew()
    {
        // Without what drops tables before it makes them.
        using var server = Started(out var file, "--skip-add-drop-table");
        foreach (var milliseconds in new[] { 60, 150, 250, 400 })
            server.Load("one", Loader, file, killAfter: TimeSpan.FromMilliseconds(milliseconds));

        // The server goes on for a moment with what it was told last.
        (int ExitCode, string Errors, string Text) loaded = default;
        Assert.True(
            SpinWait.SpinUntil(() => (loaded = server.Load("one", Loader, file)).ExitCode == 0, TimeSpan.FromSeconds(20)),
            loaded.Errors);
        Assert.Equal("20000", server.Sql("shop_login", "SELECT orders FROM one.totals").Text);
    }

    [ProgramFact("mariadbd", "mariadb-server")]
    public void What_the_dump_did_not_bring_is_never_dropped()
    {
        using var server = Started(out var file);
        Assert.Equal(0, server.Sql("shop_login", "CREATE TABLE one.loaded_from_dump (dump varchar(500) PRIMARY KEY)").ExitCode);
        Assert.Equal(0, server.Sql("shop_login", "CREATE TABLE one.kept (id int); CREATE TABLE one.orders (id int)").ExitCode);

        var refused = server.Load("one", Loader, file);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("holds what the dump does not: kept", refused.Errors, StringComparison.Ordinal);
        Assert.Equal("0", server.Sql("shop_login", "SELECT COUNT(*) FROM one.kept").Text);

        Assert.Equal(0, server.Sql("shop_login", "DROP TABLE one.kept").ExitCode);
        var loaded = server.Load("one", Loader, file);
        Assert.True(loaded.ExitCode == 0, loaded.Errors);
        Assert.Equal("20000", server.Sql("shop_login", "SELECT orders FROM one.totals").Text);
    }

    [ProgramFact("mariadbd", "mariadb-server")]
    public void What_cannot_be_loaded_is_refused_with_what_to_change()
    {
        using var server = Started(out var file);
        var text = File.ReadAllText(file);

        Refused(Written("cut.sql", text[..(text.Length / 2)]), "cut off");
        Refused(Written("several.sql", $"USE `one`;\n{text}\nUSE `two`;\n{text}"), "several databases");
        Refused(Written("wrong.sql", $"SELECT * FROM nowhere;\n{text}"), "nowhere");
        Refused(Path.Combine(_folder.FullName, "missing.sql"), "There is no");
        Assert.Equal(0, server.Load("one", Loader, file).ExitCode);
        Assert.Equal("20000", server.Sql("shop_login", "SELECT orders FROM one.totals").Text);

        void Refused(string dump, string why)
        {
            var refused = server.Load("one", Loader, dump);
            Assert.True(refused.ExitCode != 0 && refused.Errors.Contains(why, StringComparison.Ordinal), refused.Errors);
            Assert.Contains("not loaded", refused.Errors, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private MariaDbServer Started(out string file, params IReadOnlyList<string> options)
    {
        var server = new MariaDbServer();
        var made = server.Sql("root", Original);
        Assert.True(made.ExitCode == 0, made.Errors);
        file = Path.Combine(_folder.FullName, "original.sql");
        server.Dump(file, ["--routines", .. options, "original"]);
        foreach (var database in new[] { "one", "two" })
        {
            Assert.Equal(0, server.Sql("root", $"CREATE DATABASE {database}").ExitCode);
            server.Grant(new(DatabaseEngine.MySql, "8.4", database, "shop", Intent.Write));
            server.Grant(new(DatabaseEngine.MySql, "8.4", database, "report", Intent.Read));
            server.Grant(new(DatabaseEngine.MySql, "8.4", database, Loader, Intent.Write));
        }

        return server;
    }

    private string Written(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }
}

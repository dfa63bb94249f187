using System.Security.Cryptography;
using Infra.Components.Databases;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

/// <summary>Loading a dump into a server of PostgreSQL for real, with the login that the job has which does it.</summary>
public sealed class PostgreSqlLoadTests : IDisposable
{
    private const string Loader = "orders-load";

    // A schema of its own, an extension, a view, a sequence, data with a line that looks like a statement, and an owner of its own.
    private const string Original = """
        CREATE EXTENSION citext;
        CREATE SCHEMA sales;
        CREATE TABLE sales.orders (id serial PRIMARY KEY, customer citext NOT NULL, note text);
        INSERT INTO sales.orders (customer, note)
          SELECT 'c' || n, E'CREATE EXTENSION hstore;\nCOMMIT;\n\\connect else' FROM generate_series(1, 20000) n;
        CREATE VIEW totals AS SELECT count(*) AS orders FROM sales.orders;
        CREATE FUNCTION answer() RETURNS int LANGUAGE sql AS 'SELECT 42';
        CREATE ROLE stranger;
        GRANT SELECT ON sales.orders TO stranger;
        ALTER TABLE sales.orders OWNER TO stranger
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [ProgramFact("initdb", "postgresql")]
    public void A_dump_in_either_form_becomes_the_writers_and_is_read_by_readers()
    {
        using var server = Started(out var file, "-Fc");
        var plain = Dump(server, "plain.sql", "--format=plain");
        var packed = Path.Combine(_folder.FullName, "plain.sql.gz");
        Pack(plain, packed);

        foreach (var (dump, database) in new[] { (file, "one"), (plain, "two"), (packed, "three") })
        {
            Prepare(server, database, "citext");
            var loaded = server.Load(database, Loader, dump);
            Assert.True(loaded.ExitCode == 0, loaded.Text);
            Assert.Equal((0, "20000"), server.Sql("shop_login", database, "SELECT orders FROM totals"));
            Assert.Equal(0, server.Sql("shop_login", database, "INSERT INTO sales.orders (customer) VALUES ('x')").ExitCode);
            Assert.Equal((0, "20001"), server.Sql("report_login", database, "SELECT count(*) FROM sales.orders"));
            Assert.Equal(0, server.Sql("shop_login", database, "ALTER TABLE sales.orders ADD COLUMN paid bool").ExitCode);
            Assert.NotEqual(0, server.Sql("report_login", database, "DELETE FROM sales.orders").ExitCode);
        }
    }

    [ProgramFact("initdb", "postgresql")]
    public void It_is_loaded_once_and_never_over_what_is_there()
    {
        using var server = Started(out var file, "-Fc");
        Prepare(server, "one", "citext");
        Assert.Equal(0, server.Load("one", Loader, file).ExitCode);
        Assert.Equal(0, server.Sql("shop_login", "one", "DELETE FROM sales.orders WHERE id > 5").ExitCode);

        var again = server.Load("one", Loader, file);
        Assert.True(again is { ExitCode: 0 } && again.Text.Contains("loaded from a dump before", StringComparison.Ordinal), again.Text);
        Assert.Equal((0, "5"), server.Sql("shop_login", "one", "SELECT count(*) FROM sales.orders"));

        // Not even where all of it is gone since.
        Assert.Equal(0, server.Sql("shop_login", "one", "DROP SCHEMA sales CASCADE; DROP FUNCTION answer()").ExitCode);
        Assert.Equal(0, server.Load("one", Loader, file).ExitCode);
        Assert.NotEqual(0, server.Sql("shop_login", "one", "SELECT count(*) FROM sales.orders").ExitCode);

        Prepare(server, "two", "citext");
        Assert.Equal(0, server.Sql("shop_login", "two", "CREATE TABLE kept (id int)").ExitCode);
        var used = server.Load("two", Loader, file);
        Assert.True(used is { ExitCode: 0 } && used.Text.Contains("left alone", StringComparison.Ordinal), used.Text);
        Assert.NotEqual(0, server.Sql("shop_login", "two", "SELECT count(*) FROM sales.orders").ExitCode);
    }

    [ProgramFact("initdb", "postgresql")]
    public void Whoever_is_stopped_on_the_way_leaves_nothing_and_the_next_one_begins_anew()
    {
        using var server = Started(out var file, "-Fc");
        Prepare(server, "one", "citext");
        foreach (var milliseconds in new[] { 20, 60, 120, 200, 300 })
        {
            server.Load("one", Loader, file, killAfter: TimeSpan.FromMilliseconds(milliseconds));
            var there = server.Sql("shop_login", "one", "SELECT count(*) FROM pg_tables WHERE schemaname IN ('sales', 'public')");

            // All of it, or nothing.
            if (there.Text != "0") Assert.Equal((0, "20000"), server.Sql("shop_login", "one", "SELECT count(*) FROM sales.orders"));
        }

        var loaded = server.Load("one", Loader, file);
        Assert.True(loaded.ExitCode == 0, loaded.Text);
        Assert.Equal((0, "20000"), server.Sql("shop_login", "one", "SELECT count(*) FROM sales.orders"));
    }

    [ProgramFact("initdb", "postgresql")]
    public void What_cannot_be_loaded_is_refused_with_what_to_change_and_leaves_nothing()
    {
        using var server = Started(out var file, "-Fc");
        var plain = Dump(server, "plain.sql", "--format=plain");
        var text = File.ReadAllText(plain);
        Prepare(server, "bare");

        Refused("ADD THEM TO ITS EXTENSIONS", file, "CITEXT");
        Prepare(server, "one", "citext");
        Refused("THERE IS NO", Path.Combine(_folder.FullName, "missing.dump"), "BEGINSFROM", "one");
        Refused("CUT OFF", Written("cut.sql", text[..(text.Length / 2)]), "SHA256", "one");
        Refused("TRANSACTIONS ITSELF", Written("commits.sql", $"BEGIN;\n{text}\nCOMMIT;\n"), "PG_DUMP -FC", "one");
        Refused("COMMAND \\CONNECT", Written("connects.sql", $"\\connect other\n{text}"), "--CREATE", "one");
        Refused("DOES NOT EXIST", Written("wrong.sql", $"{text}\nSELECT * FROM nowhere;\n"), "NOT LOADED", "one");
        var half = Path.Combine(_folder.FullName, "half.dump");
        File.WriteAllBytes(half, File.ReadAllBytes(file)[..^2000]);
        Refused("PG_RESTORE", half, "NOT LOADED", "one");
        var wrong = server.Load("one", Loader, file, sha256: new string('0', 64));
        Assert.True(wrong.ExitCode != 0 && wrong.Text.Contains("allowed: 0000", StringComparison.Ordinal), wrong.Text);
        Assert.Equal((0, "0"), server.Sql("shop_login", "one", "SELECT count(*) FROM pg_tables WHERE schemaname IN ('sales', 'public')"));

        var right = server.Load(
            "one", Loader, file, sha256: Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))));
        Assert.True(right.ExitCode == 0, right.Text);

        void Refused(string why, string dump, string what, string database = "bare")
        {
            var refused = server.Load(database, Loader, dump);
            Assert.True(refused.ExitCode != 0, refused.Text);
            Assert.Contains(why, refused.Text.ToUpperInvariant(), StringComparison.Ordinal);
            Assert.Contains(what, refused.Text.ToUpperInvariant(), StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private PostgreSqlServer Started(out string file, string format)
    {
        var server = new PostgreSqlServer("SUPERUSER");
        server.Create("original");
        var made = server.Sql("administrator", "original", Original);
        Assert.True(made.ExitCode == 0, made.Text);
        file = Dump(server, "original.dump", format);
        return server;
    }

    private string Dump(PostgreSqlServer server, string name, string format)
    {
        var file = Path.Combine(_folder.FullName, name);
        var dumped = server.Dump("original", format, file);
        Assert.True(dumped.ExitCode == 0, dumped.Text);
        return file;
    }

    private string Written(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }

    private static void Pack(string file, string packed)
    {
        using var zip = new System.IO.Compression.GZipStream(File.Create(packed), System.IO.Compression.CompressionLevel.Fastest);
        using var content = File.OpenRead(file);
        content.CopyTo(zip);
    }

    private static void Prepare(PostgreSqlServer server, string database, params IReadOnlyList<string> extensions)
    {
        server.Create(database);
        var granted = server.SetUp(Grant("shop", Intent.Write), Grant("report", Intent.Read), Grant(Loader, Intent.Write));
        Assert.True(granted.ExitCode == 0, granted.Text);

        DatabaseGrant Grant(string consumer, Intent intent) =>
            new(DatabaseEngine.PostgreSql, "17", database, consumer, intent) { Extensions = extensions, SearchPath = ["sales"] };
    }
}

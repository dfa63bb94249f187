using System.Diagnostics;
using System.Net.Sockets;
using Infra.Components.Databases;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Infra.Tests.Databases;

/// <summary>
/// Carrying a database from one server to another for real, with the logins that the movers have, between two servers that speak as MySQL
/// does.
/// </summary>
public sealed class MySqlMoveTests(ITestOutputHelper output) : IDisposable
{
    private const string Mover = "orders-move";
    private const string Rehearser = "orders-rehearse";

    // Every type, keys and no keys, names that need quotes, and everything that is no table.
    private const string Everything = """
        SET SESSION sql_mode = '';
        CREATE TABLE numbers (
          id int AUTO_INCREMENT PRIMARY KEY, huge bigint unsigned, tiny tinyint, small smallint unsigned, medium mediumint, whole int unsigned zerofill,
          exact decimal(65,30), `float` float, `double` double, bits bit(9), yes bool) AUTO_INCREMENT = 1000;
        INSERT INTO numbers VALUES
          (5000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), (3, 18446744073709551615, -128, 65535, -8388608, 42, 12345678901234567890123456789012345.123456789012345678901234567890, 1.5,
            0.1, b'101010101', true),
          (1, 0, NULL, 0, 0, 0, -0.000000000000000000000000000001, -2.25, 1.7976931348623157e308, b'0', false),
          (2, 1, 1, 1, 1, 1, 1, 1e10, 5e-324, NULL, NULL);
        DELETE FROM numbers WHERE id = 5000;
        INSERT INTO numbers (tiny) VALUES (7);
        CREATE TABLE times (id int PRIMARY KEY, day date, clock time(6), moment datetime(6), stamp timestamp(6) NULL, year year,
          touched timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP);
        INSERT INTO times VALUES
          (1, '0000-00-00', '-838:59:59', '9999-12-31 23:59:59.999999', '2038-01-19 03:14:07.999999', 2155, '2001-01-01'),
          (2, '2024-02-29', '00:00:00.000001', '0000-00-00 00:00:00', '1970-01-02 00:00:00', 0000, '2002-02-02'), (3, NULL, NULL, NULL, NULL,
            NULL, '2003-03-03');
        CREATE TABLE texts (id int PRIMARY KEY, four varchar(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci, west text CHARACTER SET
          latin1, sorted char(10) CHARACTER SET utf8mb3 COLLATE utf8mb3_bin, choice enum('a', 'b''c', ''), several set('x', 'y', 'z'),
          document json, FULLTEXT KEY words (four), KEY beginning (west(20)));
        INSERT INTO texts VALUES
          (1, '😀 l''été \\ "quoted" `back`', 'café', 'x', 'b''c', 'x,z', '{"a": [1, 2.5, null, "\\u00e9"], "b": {"c": true}}'),
          (2, '', '', '', '', '', '[]'), (3, NULL, NULL, NULL, NULL, NULL, NULL),
          (4, 'DEFINER=`a`@`b`', 'USE `mysql`;\n(1);\n-- Dump completed\n\t\r\n', 'é', 'a', 'y', 'null');
        CREATE TABLE bytes (id int PRIMARY KEY, fixed binary(8), small varbinary(300), large longblob, place point);
        INSERT INTO bytes VALUES
          (1, 0x00FF00FF, UNHEX('000A0D1A27225C00'), REPEAT(UNHEX('00FF27'), 2000000), ST_GeomFromText('POINT(1.5 -2)')),
          (2, '', '', '', NULL), (3, NULL, NULL, NULL, NULL);
        CREATE TABLE `order` (`select` int, `a-b ``c``` varchar(20));
        INSERT INTO `order` VALUES (1, 'x'), (1, 'x'), (1, 'x'), (NULL, NULL);
        CREATE TABLE MixedCase (Id int PRIMARY KEY, twice int AS (Id * 2) STORED, half int AS (Id / 2) VIRTUAL, KEY by_twice (twice),
          CONSTRAINT positive CHECK (Id > 0));
        INSERT INTO MixedCase (Id) VALUES (1), (2), (3);
        CREATE TABLE hens (id int PRIMARY KEY, egg int); CREATE TABLE eggs (id int PRIMARY KEY, hen int NOT NULL);
        INSERT INTO hens VALUES (1, 1), (2, NULL); INSERT INTO eggs VALUES (1, 1), (2, 2);
        ALTER TABLE hens ADD CONSTRAINT laid FOREIGN KEY (egg) REFERENCES eggs (id);
        ALTER TABLE eggs ADD CONSTRAINT lays FOREIGN KEY (hen) REFERENCES hens (id) ON DELETE CASCADE;
        CREATE TABLE parts (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (YEAR(at))
          (PARTITION old VALUES LESS THAN (2020), PARTITION rest VALUES LESS THAN MAXVALUE);
        INSERT INTO parts VALUES (1, '2019-01-01'), (2, '2024-01-01');
        CREATE TABLE many (id int AUTO_INCREMENT PRIMARY KEY, note text, changed int NOT NULL DEFAULT 0);
        INSERT INTO many (note) SELECT CONCAT('note ', seq, REPEAT('x', 200)) FROM seq_1_to_20000;
        CREATE TABLE log (id int AUTO_INCREMENT PRIMARY KEY, note varchar(100));
        CREATE VIEW totals AS SELECT COUNT(*) AS notes FROM many;
        CREATE TRIGGER logged AFTER INSERT ON numbers FOR EACH ROW INSERT INTO log (note) VALUES (CONCAT('number ', NEW.id));
        CREATE FUNCTION twice(x int) RETURNS int DETERMINISTIC RETURN x * 2;
        CREATE PROCEDURE answer() SELECT twice(21);
        CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2037-01-01 03:00:00' DO DELETE FROM log;
        """;

    private const string Client = """
        #!/bin/bash
        for word; do
          case "$word" in
            --ssl-* | --port=* | --connect-timeout=* | --set-gtid-purged=*) ;;
            --host=*) words+=("--socket=${word#--host=}") ;;
            *) words+=("$word") ;;
          esac
        done
        exec
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [ProgramFact("mariadbd", "mariadb-server")]
    public void Everything_is_carried_over_and_a_second_run_finds_nothing_to_do()
    {
        using var old = Old();
        using var @new = New();

        var watch = Stopwatch.StartNew();
        var moved = Move(old, @new);
        output.WriteLine($"Nobody could write for {watch.Elapsed.TotalSeconds:0.0} seconds. {moved.Errors.Trim()}");
        Assert.True(moved.ExitCode == 0, moved.Errors);
        AssertSame(old, @new);

        // Triggers did not fire on the way, and do now; counters go on where they were.
        Assert.Equal("0", @new.Sql("root", "SELECT COUNT(*) FROM shop.log").Text);
        Assert.Equal(0, @new.Sql("shop_login", "INSERT INTO shop.numbers (tiny) VALUES (8)").ExitCode);
        Assert.Equal("number 5002", @new.Sql("shop_login", "SELECT note FROM shop.log").Text);
        Assert.Equal("42", @new.Sql("shop_login", "CALL shop.answer()").Text);
        Assert.Equal("20000", @new.Sql("report_login", "SELECT notes FROM shop.totals").Text);
        Assert.Equal(0, @new.Sql("shop_login", "DELETE FROM shop.numbers WHERE tiny = 8; TRUNCATE shop.log").ExitCode);
    }

    [ProgramFact("mariadbd", "mariadb-server")]
    public void A_repeated_run_carries_over_what_the_old_copy_has_since_and_nothing_else()
    {
        using var old = Old();
        using var @new = New();
        Succeeds(Move(old, @new));
        Assert.Contains("nothing is to be done", Succeeds(Move(old, @new)), StringComparison.Ordinal);

        // The pause was undone, and comes again.
        Assert.Equal(0, old.Sql("shop_login", "UPDATE shop.many SET changed = 1 WHERE id < 100; DROP PROCEDURE shop.answer").ExitCode);
        Succeeds(Move(old, @new));
        AssertSame(old, @new);
    }

    [ProgramFact("mariadbd", "mariadb-server")]
    public void What_was_written_to_the_new_copy_is_never_overwritten()
    {
        using var old = Old();
        using var @new = New();
        Succeeds(Move(old, @new));
        Assert.Equal(0, @new.Sql("shop_login", "UPDATE shop.many SET note = 'newer' WHERE id = 7").ExitCode);

        Fails(Move(old, @new), "Somebody wrote to the new copy", "rows|many|20000");

        Assert.Equal("newer", @new.Sql("shop_login", "SELECT note FROM shop.many WHERE id = 7").Text);
    }

    [ProgramFact("mariadbd", "mariadb-server")]
    public void Tables_that_no_mover_brought_are_left_alone()
    {
        using var old = Old();
        using var @new = New();
        Assert.Equal(0, @new.Sql("shop_login", "CREATE TABLE shop.kept (id int)").ExitCode);

        Fails(Move(old, @new), "tables that no mover brought");
        using var rehearsal = Rehearse(old, @new);
        rehearsal.Says("tables that no mover brought");

        Assert.Equal("kept", @new.Sql("shop_login", "SHOW TABLES IN shop").Text);
    }

    [ProgramFact("mariadbd", "mariadb-server")]
    public void Whoever_is_killed_at_any_point_is_followed_by_one_who_begins_anew()
    {
        using var old = Old();
        using var @new = New();
        var random = new Random(42);
        for (var run = 0; run < 8; run++) Move(old, @new, killAfter: TimeSpan.FromMilliseconds(random.Next(50, 2000)));

        Succeeds(Move(old, @new));
        AssertSame(old, @new);
    }

    [ProgramFact("mariadbd", "mariadb-server")]
    public void A_rehearsal_runs_while_others_write_and_gives_way_to_the_job()
    {
        using var old = Old();
        using var @new = New();
        var writer = new Repeatedly(() => old.Sql("shop_login", "INSERT INTO shop.many (note) VALUES ('late')"));
        using (var rehearsal = Rehearse(old, @new)) rehearsal.Says("The rehearsal succeeded");
        using (var again = Rehearse(old, @new)) again.Says("Nothing is to be rehearsed: rehearsed");

        // One that is on its way when the job comes.
        Assert.Equal(0, @new.Sql("root", $"UPDATE shop.{MySqlMove.Marker} SET line = 'filling'").ExitCode);
        using var late = Rehearse(old, @new);
        SpinWait.SpinUntil(() => @new.Sql("root", "SELECT COUNT(*) FROM shop.texts").ExitCode == 0, TimeSpan.FromSeconds(10));
        writer.Dispose();
        Succeeds(Move(old, @new));
        late.Says("Nothing is to be rehearsed");
        AssertSame(old, @new);
    }

    [ProgramFact("mariadbd", "mariadb-server")]
    public void Whoever_still_writes_during_the_pause_is_found_out()
    {
        using var old = Old();
        using var @new = New();
        var changes = string.Concat(Enumerable.Repeat("UPDATE shop.many SET changed = changed + 1 WHERE id < 10;", 200));
        using (new Repeatedly(() => old.Sql("shop_login", changes)))
            Fails(Move(old, @new), "somebody wrote meanwhile", "rows|many|20000");

        Succeeds(Move(old, @new));
        AssertSame(old, @new);
    }

    [ProgramFact("mariadbd", "mariadb-server")]
    public void A_lost_connection_loses_nothing()
    {
        using var old = Old();
        using var @new = New();
        foreach (var (bytes, server) in new[] { (200_000L, old), (3_000_000, old), (20_000, @new), (30_000, @new) })
        {
            using var cut = new CutConnection(
                new UnixDomainSocketEndPoint(Path.Combine(_folder.FullName, $"cut-{bytes}")),
                new UnixDomainSocketEndPoint(server.Socket),
                bytes);
            var lost = server == old ? Move(old, @new, source: cut.Address.ToString()) : Move(old, @new, target: cut.Address.ToString());
            Assert.True(lost.ExitCode != 0 == cut.IsCut, lost.Errors);
        }

        Succeeds(Move(old, @new));
        AssertSame(old, @new);
    }

    [ProgramFact("mariadbd", "mariadb-server")]
    public void A_full_disk_and_a_wrong_password_end_the_job_and_harm_nothing()
    {
        using var old = Old();
        using var small = New("--innodb-file-per-table=0", "--innodb-data-file-path=ibdata1:12M:autoextend:max:14M");
        using var @new = New();

        Fails(Move(old, small), "is full", "The database was not moved");
        Fails(Move(old, @new, password: "wrong"), "Access denied", "The database was not moved");
        Assert.Equal("20000", old.Sql("report_login", "SELECT notes FROM shop.totals").Text);
        Succeeds(Move(old, @new));
        AssertSame(old, @new);
    }

    [ProgramFact("mariadbd", "mariadb-server")]
    public void What_a_dump_would_lose_is_refused_before_anybody_waits()
    {
        using var old = Old();
        using var @new = New();
        const string Measured = "CREATE TABLE shop.measured (id int PRIMARY KEY, x float); INSERT INTO shop.measured VALUES (1, 16777215)";
        Assert.Equal(0, old.Sql("root", Measured).ExitCode);
        Fails(Move(old, @new), "FLOAT", "`measured`.`x`");
        Assert.Equal(0, old.Sql("root", "ALTER TABLE shop.measured MODIFY x double").ExitCode);

        Assert.Equal(0, old.Sql("root", $"REVOKE SELECT ON mysql.proc FROM {DatabaseGrant.LoginOf(Mover)}").ExitCode);
        Fails(Move(old, @new), "procedure answer", "SHOW_ROUTINE");
        Assert.Equal(0, old.Sql("root", $"GRANT SELECT ON mysql.proc TO {DatabaseGrant.LoginOf(Mover)}").ExitCode);

        Assert.Equal(0, old.Sql("root", $"REVOKE TRIGGER ON shop.* FROM {DatabaseGrant.LoginOf(Mover)}").ExitCode);
        Fails(Move(old, @new), "lacks privileges", "TRIGGER");
        Assert.Equal("", @new.Sql("root", "SHOW TABLES IN shop").Text);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void AssertSame(MariaDbServer old, MariaDbServer @new) => Assert.Equal(Dumped(old), Dumped(@new));

    // Who made a view, a trigger or a routine differs.
    private static string Dumped(MariaDbServer server)
    {
        var file = Path.GetTempFileName();
        server.Dump(
            file,
            [
                "--routines", "--events", "--hex-blob", "--skip-dump-date", "--order-by-primary",
                $"--ignore-table=shop.{MySqlMove.Marker}", "shop",
            ]);
        var text = File.ReadAllLines(file);
        File.Delete(file);
        return string.Join('\n', text.Select(line => line.StartsWith("INSERT", StringComparison.Ordinal)
            ? line
            : System.Text.RegularExpressions.Regex.Replace(line, "DEFINER=`[^`]*`@`[^`]*`", "")));
    }

    private static string Succeeds((int ExitCode, string Errors, string Text) run)
    {
        Assert.True(run.ExitCode == 0, run.Errors);
        return run.Errors;
    }

    private static void Fails((int ExitCode, string Errors, string Text) run, params string[] why)
    {
        Assert.NotEqual(0, run.ExitCode);
        foreach (var word in why) Assert.Contains(word, run.Errors, StringComparison.Ordinal);
    }

    private static MariaDbServer Old()
    {
        var server = new MariaDbServer("--max-allowed-packet=64M");
        Assert.Equal(0, server.Sql("root", "CREATE DATABASE shop CHARACTER SET latin1 COLLATE latin1_bin").ExitCode);
        foreach (var consumer in new[] { "shop", "report" })
            server.Grant(new(DatabaseEngine.MySql, "8.4", "shop", consumer, consumer == "shop" ? Intent.Write : Intent.Read));
        foreach (var mover in new[] { Mover, Rehearser })
        {
            server.Grant(new(DatabaseEngine.MySql, "8.4", "shop", mover, Intent.Read) { Carries = true });

            // MariaDB has no right to see routines but this one.
            Assert.Equal(0, server.Sql("root", $"GRANT SELECT ON mysql.proc TO {DatabaseGrant.LoginOf(mover)}").ExitCode);
        }

        var made = server.Sql("root", $"USE shop; {Everything}");
        Assert.True(made.ExitCode == 0, made.Errors);
        return server;
    }

    private static MariaDbServer New(params IReadOnlyList<string> options)
    {
        var server = new MariaDbServer(["--max-allowed-packet=64M", .. options]);
        Assert.Equal(0, server.Sql("root", "CREATE DATABASE shop").ExitCode);
        foreach (var consumer in new[] { "shop", "report", Mover, Rehearser })
        {
            var intent = consumer == "report" ? Intent.Read : Intent.Write;
            server.Grant(new(DatabaseEngine.MySql, "8.4", "shop", consumer, intent) { Carries = consumer is Mover or Rehearser });
        }

        return server;
    }

    private (int ExitCode, string Errors, string Text) Move(
        MariaDbServer old,
        MariaDbServer @new,
        TimeSpan? killAfter = null,
        string? source = null,
        string? target = null,
        string password = "Sesame42") =>
        RunningProgram.Run(Container(MySqlMove.Command, Mover, source ?? old.Socket, target ?? @new.Socket, password), killAfter);

    private RunningProgram Rehearse(MariaDbServer old, MariaDbServer @new) =>
        new(Container(MySqlMove.Rehearsal, Rehearser, old.Socket, @new.Socket, "Sesame42"));

    private ProcessStartInfo Container(IReadOnlyList<string> command, string mover, string source, string target, string password)
    {
        foreach (var (name, program) in new[] { ("mysql", "mariadb"), ("mysqldump", "mariadb-dump") })
        {
            var file = Path.Combine(_folder.FullName, name);
            File.WriteAllText(file, $"{Client} {program} \"${{words[@]}}\"\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var start = new ProcessStartInfo(command[0], command.Skip(1));
        start.Environment["PATH"] = $"{_folder.FullName}:{start.Environment["PATH"]}";
        foreach (var (side, socket) in new[] { ("SOURCE", source), ("TARGET", target) })
        {
            foreach (var (key, value) in new (string, string)[]
            {
                ("HOST", socket), ("PORT", "3306"), ("DATABASE", "shop"), ("USERNAME", DatabaseGrant.LoginOf(mover)),
                ("PASSWORD", password), ("CA", "-----BEGIN CERTIFICATE-----"), ("TLS_MODE", "verify-full"),
            })
            {
                start.Environment[$"{side}_{key}"] = value;
            }
        }

        start.Environment[DatabaseMover.QuietSeconds] = "0";
        start.Environment["REPEAT_SECONDS"] = "1";
        return start;
    }
}

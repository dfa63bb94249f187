using System.Diagnostics;
using Infra.Components.Databases;
using Infra.Tests.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Infra.Tests.Databases;

/// <summary>Moving a database by a dump from a server of PostgreSQL to one of another version, for real.</summary>
public sealed class PostgreSqlMoveTests(ITestOutputHelper output)
{
    [TwoPostgreSqlFact]
    public void Everything_arrives_belongs_to_the_writers_and_is_read_by_readers()
    {
        using var copies = new DatabaseCopies();
        var pause = Stopwatch.StartNew();
        var moved = copies.Run(PostgreSqlMove.Command);
        output.WriteLine($"Nobody could write for {pause.Elapsed.TotalSeconds:0.0} s.\n{moved.Text}");

        Assert.True(moved.ExitCode == 0, moved.Text);
        Assert.Equal(DatabaseCopies.Rows(copies.Source), DatabaseCopies.Rows(copies.Target));
        Assert.Equal("20001", DatabaseCopies.Done(copies.Target, "shop_login", """
            INSERT INTO orders (customer, at) VALUES (1, '2026-12-24') RETURNING id
            """).Split('\n')[0]);
        Assert.Equal("20001", DatabaseCopies.Done(copies.Target, "report_login", "SELECT count(*) FROM orders"));
        Assert.Equal("1", DatabaseCopies.Done(copies.Target, "shop_login", "SELECT count(*) FROM changes"));
        Assert.Equal("200", DatabaseCopies.Done(copies.Target, "report_login", "SELECT count(*) FROM totals"));
        Assert.Equal("photo", DatabaseCopies.Done(copies.Target, "shop_login", "SELECT convert_from(lo_get(424242), 'UTF8')"));
        DatabaseCopies.Done(copies.Target, "shop_login", "ALTER TABLE orders ADD COLUMN paid bool");
        DatabaseCopies.Done(copies.Target, "shop_login", "CALL tidy()");
        Assert.NotEqual(0, copies.Target.Sql("report_login", "app", "DELETE FROM orders").ExitCode);
    }

    [TwoPostgreSqlFact]
    public void A_rehearsal_while_others_write_says_how_long_it_takes_and_keeps_nothing()
    {
        using var copies = new DatabaseCopies();
        using (new Repeatedly(() =>
            DatabaseCopies.Done(copies.Source, "shop_login", "INSERT INTO orders (customer, at) VALUES (1, '2026-12-24')")))
        using (var rehearsal = new RunningProgram(copies.Container(PostgreSqlMove.Rehearsal)))
        {
            rehearsal.Says("The rehearsal succeeded");
            Assert.Matches("compared [0-9]+ tables in [0-9]+ seconds", rehearsal.Said);
        }

        Nothing(copies);
    }

    [TwoPostgreSqlFact]
    public void Whoever_is_killed_leaves_nothing_and_the_next_one_brings_everything_once()
    {
        using var copies = new DatabaseCopies();
        foreach (var milliseconds in new[] { 150, 400, 700, 1000, 1300, 1700 })
        {
            copies.Run(PostgreSqlMove.Command, killAfter: TimeSpan.FromMilliseconds(milliseconds));
            var there = DatabaseCopies.Done(copies.Target, "superuser", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");
            if (there != "0") Assert.Equal(DatabaseCopies.Rows(copies.Source), DatabaseCopies.Rows(copies.Target));
        }

        Assert.True(SpinWait.SpinUntil(() => copies.Run(PostgreSqlMove.Command).ExitCode == 0, TimeSpan.FromSeconds(60)));
        Assert.Equal(DatabaseCopies.Rows(copies.Source), DatabaseCopies.Rows(copies.Target));
    }

    [TwoPostgreSqlFact]
    public void What_was_brought_is_replaced_by_what_is_newer_unless_somebody_wrote_to_it_since()
    {
        using var copies = new DatabaseCopies();
        Succeeds(copies);

        // The pause was undone, the old copy went on, and then the next pause came.
        DatabaseCopies.Done(copies.Source, "shop_login", """
            DELETE FROM orders WHERE id <= 10; UPDATE orders SET note = 'later' WHERE id = 11; CREATE TABLE further (id int);
            DROP MATERIALIZED VIEW totals; SELECT lo_unlink(424242); SELECT nextval('invoices')
            """);
        Succeeds(copies);
        Assert.Equal(DatabaseCopies.Rows(copies.Source), DatabaseCopies.Rows(copies.Target));

        // The new copy served.
        DatabaseCopies.Done(copies.Target, "shop_login", "UPDATE orders SET note = 'newer' WHERE id = 12");
        var kept = DatabaseCopies.Rows(copies.Target);
        DatabaseCopies.Done(copies.Source, "shop_login", "UPDATE orders SET note = 'older' WHERE id = 12");
        Refused(copies.Run(PostgreSqlMove.Command), "may hold what is newer", "drop the schema carried_over");
        Assert.Equal(kept, DatabaseCopies.Rows(copies.Target));
    }

    [TwoPostgreSqlFact]
    public void Tables_that_nobody_brought_are_left_alone()
    {
        using var copies = new DatabaseCopies();
        DatabaseCopies.Done(copies.Target, "shop_login", "CREATE TABLE orders (id int); INSERT INTO orders VALUES (7)");

        Refused(copies.Run(PostgreSqlMove.Command), "holds tables that no mover brought", "drop them by hand");

        Assert.Equal("7", DatabaseCopies.Done(copies.Target, "shop_login", "SELECT id FROM orders"));
    }

    [TwoPostgreSqlFact]
    public void It_waits_for_writers_and_names_those_who_do_not_go()
    {
        using var copies = new DatabaseCopies();
        using (new RunningProgram(Session(copies, 10)))
        {
            Assert.True(SpinWait.SpinUntil(
                () => DatabaseCopies.Done(
                    copies.Source, "superuser", "SELECT count(*) FROM pg_stat_activity WHERE usename = 'shop_login'") == "1",
                TimeSpan.FromSeconds(30)));
            Refused(copies.Run(PostgreSqlMove.Command), "shop_login (1)", "pg_terminate_backend", "copy that is filled is as it was");
            Nothing(copies);

            var patient = copies.Container(PostgreSqlMove.Command);
            patient.Environment[DatabaseMover.QuietSeconds] = "0";
            var moved = PostgreSqlServer.Run(patient);
            Assert.True(moved.ExitCode == 0, moved.Text);
        }

        Assert.Equal(DatabaseCopies.Rows(copies.Source), DatabaseCopies.Rows(copies.Target));
    }

    [TwoPostgreSqlFact]
    public void A_row_that_is_lost_on_the_way_is_found_and_nothing_is_kept()
    {
        using var copies = new DatabaseCopies();
        var programs = Directory.CreateTempSubdirectory();
        var program = Path.Combine(programs.FullName, "pg_dump");
        File.WriteAllText(program, $"#!/bin/sh\n{ProgramFactAttribute.Find("pg_dump")} \"$@\" | sed '/^nobody\\thidden$/d'\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);

        var moved = copies.Run(PostgreSqlMove.Command, programs: programs.FullName);

        Refused(moved, "The two copies differ", "table public.secrets 1 ");
        Nothing(copies);
        programs.Delete(recursive: true);
    }

    [TwoPostgreSqlFact]
    public void What_stands_in_the_way_is_said_and_what_is_filled_stays_as_it_was()
    {
        using var copies = new DatabaseCopies();
        Refused(copies.Run(PostgreSqlMove.Command, password: "Sesame41"), "password authentication failed");
        copies.Prepare("citext");
        Refused(copies.Run(PostgreSqlMove.Command), "Add them to its extensions", "hstore");
        Nothing(copies);
    }

    [TwoPostgreSqlFact(mounts: true)]
    public void A_disk_that_is_full_leaves_what_was_there_and_a_larger_one_takes_everything()
    {
        var disk = Directory.CreateTempSubdirectory();
        Assert.True(Mount("size=5m"));
        try
        {
            using var copies = new DatabaseCopies(disk.FullName);
            Refused(copies.Run(PostgreSqlMove.Command), "No space left on device", "copy that is filled is as it was");
            Nothing(copies);

            Assert.True(Mount("remount,size=200m"));
            Succeeds(copies);
            Assert.Equal(DatabaseCopies.Rows(copies.Source), DatabaseCopies.Rows(copies.Target));
        }
        finally
        {
            PostgreSqlServer.Run(new("umount", [disk.FullName]));
            disk.Delete(recursive: true);
        }

        bool Mount(string options) => PostgreSqlServer.Run(
            new("mount", ["-t", "tmpfs", "-o", $"{options},uid=65534,gid=65534,mode=700", "none", disk.FullName])).ExitCode == 0;
    }

    [TwoPostgreSqlFact]
    public void A_connection_that_is_lost_leaves_nothing_and_the_next_one_brings_everything()
    {
        using var copies = new DatabaseCopies();
        foreach (var bytes in new[] { 60_000, 400_000, 1_500_000 })
        {
            using (var wire = new Wire(copies.Target.Port, bytes))
                Assert.NotEqual(0, copies.Run(PostgreSqlMove.Command, targetPort: wire.Port).ExitCode);
            Nothing(copies);
            using (var wire = new Wire(copies.Source.Port, bytes))
                Assert.NotEqual(0, copies.Run(PostgreSqlMove.Command, sourcePort: wire.Port).ExitCode);
            Nothing(copies);
        }

        Succeeds(copies);
        Assert.Equal(DatabaseCopies.Rows(copies.Source), DatabaseCopies.Rows(copies.Target));
    }

    private static ProcessStartInfo Session(DatabaseCopies copies, int seconds)
    {
        var start = new ProcessStartInfo("psql", ["--command", $"SELECT pg_sleep({seconds})"]);
        start.Environment["PGHOST"] = "127.0.0.1";
        start.Environment["PGPORT"] = $"{copies.Source.Port}";
        start.Environment["PGUSER"] = "shop_login";
        start.Environment["PGPASSWORD"] = "Sesame42";
        start.Environment["PGDATABASE"] = "app";
        return start;
    }

    private static void Succeeds(DatabaseCopies copies)
    {
        var moved = copies.Run(PostgreSqlMove.Command);
        Assert.True(moved.ExitCode == 0, moved.Text);
    }

    private static void Refused((int ExitCode, string Text) run, params IEnumerable<string> words)
    {
        Assert.True(run.ExitCode != 0, run.Text);
        foreach (var word in words) Assert.Contains(word, run.Text, StringComparison.Ordinal);
    }

    private static void Nothing(DatabaseCopies copies)
    {
        Assert.True(SpinWait.SpinUntil(
            () => DatabaseCopies.Done(
                copies.Target, "superuser", "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'database-mover'") == "0",
            TimeSpan.FromSeconds(30)));
        Assert.Equal("0", DatabaseCopies.Done(copies.Target, "superuser", """
            SELECT (SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema'))
              + (SELECT count(*) FROM pg_largeobject_metadata)
            """));
    }
}

using System.Diagnostics;
using Infra.Components.Databases;
using Infra.Tests.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Infra.Tests.Databases;

/// <summary>Moving a database by following it, from a server of PostgreSQL to one of another version and back, for real.</summary>
public sealed class PostgreSqlReplicationTests(ITestOutputHelper output)
{
    // What may happen to rows: keys that change, large values that do not, rows without keys, whole tables, parents with their children.
    private const string Changes = """
        INSERT INTO every_type (small, email, docb, numbers, tags, feeling, price, raw, "select")
          SELECT n, 'New@' || n, '{"é": [1]}', ARRAY[n, NULL], 'k=>"v, ''w"', 'ok', n / 3.0, '\x00ff', repeat(md5(n::text), 200)
          FROM generate_series(1, 20) n;
        UPDATE every_type SET small = 7, at = 'infinity', doc = '{"b":1}', pair = ROW(1, 'a "b", (c)') WHERE id % 10 = 3;
        UPDATE every_type SET label = 'kept' WHERE "select" LIKE '%a%';
        DELETE FROM every_type WHERE id % 50 = 1;
        UPDATE orders SET amount = amount + 1, note = E'tab\t\\ ''q''' WHERE id % 100 = 5;
        INSERT INTO orders (customer, at, note) SELECT 1 + n % 150, '2026-12-24', NULL FROM generate_series(1, 200) n;
        UPDATE "Sales Dept"."Customers" SET id = id + 5000 WHERE id BETWEEN 195 AND 197 AND NOT EXISTS (
          SELECT FROM orders WHERE customer = "Customers".id);
        DELETE FROM "Sales Dept"."Customers" WHERE id IN (198, 199);
        UPDATE events SET at = at + interval '30 days' WHERE id % 50 = 7;
        INSERT INTO logs SELECT 'same' FROM generate_series(1, 3);
        DELETE FROM logs WHERE ctid IN (SELECT ctid FROM logs LIMIT 2);
        UPDATE logs SET line = 'other' WHERE ctid IN (SELECT ctid FROM logs LIMIT 1);
        SELECT nextval('invoices'), lo_from_bytea(0, 'new object'), lo_put(424242, 0, 'PHOTO!')
        """;

    [TwoPostgreSqlFact]
    public void What_is_written_meanwhile_follows_and_the_pause_is_short()
    {
        using var copies = new DatabaseCopies();
        using (var follower = new RunningProgram(copies.Container(PostgreSqlReplication.Following)))
        {
            follower.Says("follows");
            Write(copies.Source, "shop_login");
            DatabaseCopies.Done(copies.Source, "shop_login", "TRUNCATE logs; INSERT INTO logs VALUES ('last')");
            follower.Says("bytes behind");
        }

        Meets(copies);
        Equal(copies);
        Assert.Equal("PHOTO!", DatabaseCopies.Done(copies.Target, "shop_login", "SELECT convert_from(lo_get(424242), 'UTF8')"));

        // Triggers and keys are as they were: one note for each order, and no order of nobody.
        var before = DatabaseCopies.Done(copies.Target, "shop_login", "SELECT count(*) FROM changes");
        DatabaseCopies.Done(copies.Target, "shop_login", "INSERT INTO orders (customer, at) VALUES (1, '2026-12-25')");
        Assert.Equal($"{int.Parse(before) + 1}", DatabaseCopies.Done(copies.Target, "shop_login", "SELECT count(*) FROM changes"));
        Assert.NotEqual(
            0, copies.Target.Sql("shop_login", "app", "INSERT INTO orders (customer, at) VALUES (-1, '2026-12-25')").ExitCode);
    }

    [TwoPostgreSqlFact]
    public void Whoever_is_killed_at_any_moment_loses_nothing_and_applies_nothing_twice()
    {
        using var copies = new DatabaseCopies();
        var random = new Random(41);
        for (var run = 0; run < 10; run++)
        {
            using (new RunningProgram(copies.Container(PostgreSqlReplication.Following)))
            {
                Write(copies.Source, "shop_login");
                Thread.Sleep(random.Next(100, 3000));
            }
        }

        using (var last = new RunningProgram(copies.Container(PostgreSqlReplication.Following))) last.Says("bytes behind");
        Meets(copies);
        Equal(copies);
    }

    [TwoPostgreSqlFact]
    public void A_lost_connection_is_taken_up_again_by_the_worker_itself()
    {
        using var copies = new DatabaseCopies();
        using (var wire = new Wire(copies.Source.Port))
        using (var other = new Wire(copies.Target.Port))
        using (var follower = new RunningProgram(
            copies.Container(PostgreSqlReplication.Following, sourcePort: wire.Port, targetPort: other.Port)))
        {
            follower.Says("follows");
            for (var cut = 0; cut < 6; cut++)
            {
                Write(copies.Source, "shop_login");
                (cut % 2 == 0 ? wire : other).Cut();
            }

            follower.Says("It goes on");
            follower.Says("bytes behind");
        }

        Meets(copies);
        Equal(copies);
    }

    [TwoPostgreSqlFact]
    public void Undoing_brings_back_what_was_written_to_the_new_copy_and_the_way_can_be_gone_again()
    {
        using var copies = new DatabaseCopies();
        using (var follower = new RunningProgram(copies.Container(PostgreSqlReplication.Following))) follower.Says("bytes behind");
        Meets(copies);

        // Activated: the new copy serves, and the worker is killed now and then.
        foreach (var _ in Enumerable.Range(0, 3))
        {
            using var returner = new RunningProgram(copies.Returning(serves: true));
            Write(copies.Target, "shop_login");
            Thread.Sleep(2000);
        }

        // Whoever forgot the pause overwrites nothing.
        using (var follower = new RunningProgram(copies.Container(PostgreSqlReplication.Following)))
            follower.Says("Write paused into the record");

        // Undone to the pause: the job waits for the worker.
        var written = DatabaseCopies.Rows(copies.Target);
        using (new RunningProgram(copies.Returning(serves: false))) Meets(copies);
        Equal(copies);
        Assert.Equal(written, DatabaseCopies.Rows(copies.Source));

        // Undone further: the old copy serves, and is followed again.
        using (var follower = new RunningProgram(copies.Container(PostgreSqlReplication.Following)))
        {
            Write(copies.Source, "shop_login");
            follower.Says("bytes behind");
        }

        Meets(copies);
        Equal(copies);

        // And once more to the new one.
        using (var returner = new RunningProgram(copies.Returning(serves: true)))
        {
            Write(copies.Target, "shop_login");
            returner.Says("carried back");
        }

        using (new RunningProgram(copies.Returning(serves: false))) Meets(copies);
        Equal(copies);

        // Released: nobody keeps the log of either any more.
        Assert.Equal(0, copies.Run(PostgreSqlReplication.Ending).ExitCode);
        foreach (var server in new[] { copies.Source, copies.Target })
            Assert.Equal("0", DatabaseCopies.Done(server, "superuser", "SELECT count(*) FROM pg_replication_slots"));
    }

    [TwoPostgreSqlFact]
    public void A_pause_that_is_repeated_or_undone_changes_nothing_that_was_written()
    {
        using var copies = new DatabaseCopies();
        Refused(copies.Run(PostgreSqlReplication.Meeting), "Nothing was copied yet");
        using (var follower = new RunningProgram(copies.Container(PostgreSqlReplication.Following))) follower.Says("bytes behind");
        Meets(copies);
        Meets(copies);

        using (var follower = new RunningProgram(copies.Container(PostgreSqlReplication.Following)))
        {
            Write(copies.Source, "shop_login");
            follower.Says("bytes behind");
        }

        Meets(copies);
        Equal(copies);

        // A change that came without anybody being activated is not hidden.
        DatabaseCopies.Done(copies.Source, "shop_login", "UPDATE orders SET note = 'stray' WHERE id = 12");
        Refused(copies.Run(PostgreSqlReplication.Meeting), "The two copies differ", "table public.orders");
    }

    [TwoPostgreSqlFact]
    public void A_schema_that_changes_meanwhile_is_found_and_a_slot_that_is_lost_lets_all_be_copied_anew()
    {
        using var copies = new DatabaseCopies();
        using (var follower = new RunningProgram(copies.Container(PostgreSqlReplication.Following))) follower.Says("bytes behind");
        DatabaseCopies.Done(copies.Source, "shop_login", "ALTER TABLE logs ADD COLUMN level int");
        Refused(copies.Run(PostgreSqlReplication.Meeting), "The two copies differ", "column public.logs.level");

        DatabaseCopies.Done(copies.Source, "superuser", "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
        Refused(copies.Run(PostgreSqlReplication.Meeting), "is gone");
        using (var follower = new RunningProgram(copies.Container(PostgreSqlReplication.Following)))
        {
            follower.Says("copied anew");
            follower.Says("bytes behind");
        }

        Meets(copies);
        Equal(copies);
    }

    private void Meets(DatabaseCopies copies)
    {
        var pause = Stopwatch.StartNew();
        var met = copies.Run(PostgreSqlReplication.Meeting);
        Assert.True(met.ExitCode == 0, met.Text);
        output.WriteLine($"Nobody could write for {pause.Elapsed.TotalSeconds:0.0} s.");
    }

    private static void Equal(DatabaseCopies copies) =>
        Assert.Equal(DatabaseCopies.Rows(copies.Source), DatabaseCopies.Rows(copies.Target));

    // One after another, as sessions of a service do.
    private static void Write(PostgreSqlServer server, string user)
    {
        foreach (var statement in Changes.Split(";\n")) DatabaseCopies.Done(server, user, statement);
    }

    private static void Refused((int ExitCode, string Text) run, params IEnumerable<string> words)
    {
        Assert.True(run.ExitCode != 0, run.Text);
        foreach (var word in words) Assert.Contains(word, run.Text, StringComparison.Ordinal);
    }
}

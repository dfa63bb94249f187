using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Infra.Components.Databases;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

/// <summary>
/// Two servers of PostgreSQL of different versions, as two clouds have them: with logins of a shop, of a report and of the movers. What
/// carries rows between them connects as containers do, by host, port and password.
/// </summary>
internal sealed class DatabaseCopies : IDisposable
{
    private const string Database = "app";
    private const string Mover = "orders-move";
    private const string Returner = "orders-return";
    private const string Password = "Sesame42";

    // A row of each type that there is, and whatever else a schema is made of.
    private const string Everything = """"
        CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s "fine"');
        CREATE TYPE "Pair, of [two]" AS (a int, b text);
        CREATE DOMAIN positive AS int CHECK (value > 0);
        CREATE SCHEMA "Sales Dept";
        CREATE TABLE every_type (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, small smallint, price numeric(30, 10), huge numeric, ratio float8,
            part float4,
          at timestamptz, local timestamp, day date, hour time, zoned timetz, span interval, doc json, docb jsonb, numbers int[],
          words text[], grid int[][], period tstzrange, counts int4multirange, raw bytea, key uuid, feeling mood, pair "Pair, of [two]",
          amount positive, flags bit(5), more varbit, address inet, net cidr, mac macaddr, spot point, area polygon, vector tsvector,
          words_of tsquery, doubled int GENERATED ALWAYS AS (small * 2) STORED, email citext, tags hstore, truth bool, code char(4),
          label varchar(20), page xml, cash money, rel regclass, "select" text DEFAULT 'word', "Mixed ""Case""" text);
        INSERT INTO every_type (small, price, huge, ratio, part, at, local, day, hour, zoned, span, doc, docb, numbers, words, grid, period,
            counts, raw, key, feeling, pair, amount, flags, more, address, net, mac, spot, area, vector, words_of, email, tags, truth, code,
            label, page, cash, rel, "Mixed ""Case""")
          SELECT n % 100, n / 7.0, 'NaN', 'Infinity', 0.1::float4, timestamptz '2026-03-29 02:30:00.123456+01' + n * interval '1 hour',
            'infinity', '4713-01-01 BC', '24:00', '12:00+05:30', '1 year -2 days 03:04:05.6', '{"a" : 1, "a":2}', '{"z": [1, "\u00e9"]}',
            ARRAY[n, NULL, 3], ARRAY['a,b', 'NULL', NULL, '"q"', E'back\\slash'], '{{1,2},{3,4}}', '[2026-01-01,2026-02-01)',
            '{[1,3),[5,9)}', decode(md5(n::text), 'hex') || '\x0000ff', md5(n::text)::uuid, 'it''s "fine"',
            ROW(n, 'x, "y" \')::"Pair, of [two]",
            n, '10101', '101', '10.1.2.3/8', '10.0.0.0/8', '08:00:2b:01:02:03', '(1,2)', '((0,0),(1,1),(2,0))', 'a:1 b:2', 'a & b',
            'User' || n || '@Example.org', 'a=>1, "b c"=>NULL', n % 2 = 0, 'ab', 'é漢😀',
            '<a>&amp;</a>', 12.34, 'pg_class', E'tab\t newline\n \\. ''quote'' $$' FROM generate_series(1, 300) n;
        INSERT INTO every_type DEFAULT VALUES;
        CREATE TABLE "Sales Dept"."Customers" (id serial PRIMARY KEY, name text NOT NULL, boss int REFERENCES "Sales Dept"."Customers");
        INSERT INTO "Sales Dept"."Customers" (name, boss) SELECT 'c' || n, nullif(n / 2, 0) FROM generate_series(1, 200) n;
        CREATE TABLE orders (
          id bigserial PRIMARY KEY, customer int NOT NULL REFERENCES "Sales Dept"."Customers" ON DELETE CASCADE, at date NOT NULL,
          note text, amount numeric NOT NULL DEFAULT 0);
        CREATE INDEX orders_notes ON orders (lower(note)) WHERE amount > 5;
        INSERT INTO orders (customer, at, note, amount)
          SELECT 1 + n % 200, date '2026-01-01' + n % 300, E'BEGIN;\nCOMMIT;\n\\.\n' || repeat('x', n % 50), n
            FROM generate_series(1, 20000) n;
        CREATE TABLE changes (order_id bigint, what text);
        CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
          INSERT INTO changes VALUES (new.id, tg_op);
          RETURN new;
        END $body$;
        CREATE TRIGGER noted AFTER INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION note_change();
        CREATE TABLE events (at timestamptz NOT NULL, what text, id int) PARTITION BY RANGE (at);
        CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
        CREATE TABLE events_else PARTITION OF events DEFAULT;
        ALTER TABLE events ADD PRIMARY KEY (at, id);
        INSERT INTO events SELECT timestamptz '2026-12-20' + n * interval '1 hour', 'e', n FROM generate_series(1, 500) n;
        CREATE TABLE logs (line text);
        INSERT INTO logs SELECT 'same' FROM generate_series(1, 50);
        CREATE VIEW big_orders AS SELECT * FROM orders WHERE amount > 100;
        CREATE MATERIALIZED VIEW totals AS SELECT customer, sum(amount) AS total FROM orders GROUP BY customer;
        CREATE UNIQUE INDEX ON totals (customer);
        CREATE TABLE secrets (owner text, what text);
        INSERT INTO secrets VALUES ('nobody', 'hidden');
        ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON secrets USING (owner = current_user);
        CREATE SEQUENCE invoices START 1000 INCREMENT 10;
        SELECT setval('invoices', 4210);
        CREATE PROCEDURE tidy() LANGUAGE plpgsql AS $body$
        BEGIN
          COMMIT;
        END $body$;
        CREATE AGGREGATE product(int) (sfunc = int4mul, stype = int, initcond = 1);
        COMMENT ON TABLE orders IS 'What was ordered; it''s kept';
        SELECT lo_from_bytea(0, decode(repeat('00ff10', 5000), 'hex')), lo_from_bytea(424242, 'photo');
        """";

    private readonly string? _space;

    /// <summary>Starts both.</summary>
    /// <param name="space">Where the database of the copy that is filled has its rows; null for where the rest is.</param>
    public DatabaseCopies(string? space = null)
    {
        _space = space;
        string[] settings = ["wal_level=logical", "max_replication_slots=4", "max_wal_senders=4"];
        Source = new(null, "SUPERUSER", settings);
        Target = new(OtherPostgreSql.Folder, "SUPERUSER", settings);
        Source.Create(Database);
        Prepare();
        Done(Source, "shop_login", Everything);
    }

    /// <summary>The copy that is left.</summary>
    public PostgreSqlServer Source { get; }

    /// <summary>The copy that is filled, on a server of another version.</summary>
    public PostgreSqlServer Target { get; }

    /// <summary>Makes the database of the copy that is filled, and the logins of both.</summary>
    /// <param name="extensions">The extensions of the copy that is filled.</param>
    public void Prepare(params IReadOnlyList<string> extensions)
    {
        Assert.Equal(0, Target.Sql("superuser", "postgres", $"DROP DATABASE IF EXISTS {Database}").ExitCode);
        if (_space is null)
        {
            Target.Create(Database);
        }
        else
        {
            Target.Sql("superuser", "postgres", $"CREATE TABLESPACE small OWNER administrator LOCATION '{_space}'");
            var made = Target.Sql("administrator", "postgres", $"CREATE DATABASE {Database} TABLESPACE small");
            Assert.True(made.ExitCode == 0, made.Text);
        }

        if (extensions.Count == 0) extensions = ["citext", "hstore"];
        foreach (var (server, intent) in new[] { (Source, Intent.Read), (Target, Intent.Write) })
        {
            var made = server.SetUp(
                Grant("shop", Intent.Write, server == Source ? ["citext", "hstore"] : extensions),
                Grant("report", Intent.Read, []),
                Grant(Mover, intent, []) with { Carries = true, Follows = true },
                Grant(Returner, intent == Intent.Read ? Intent.Write : Intent.Read, []) with { Carries = true, Follows = true });
            Assert.True(made.ExitCode == 0, made.Text);
        }

        static DatabaseGrant Grant(string consumer, Intent intent, IReadOnlyList<string> extensions) =>
            new(DatabaseEngine.PostgreSql, "17", Database, consumer, intent) { Extensions = extensions };
    }

    /// <summary>Runs what a container of a mover runs.</summary>
    /// <param name="command">What it runs.</param>
    /// <param name="killAfter">When it is killed, with all that it runs; null for never.</param>
    /// <param name="sourcePort">The port of the copy that is left, where another stands between.</param>
    /// <param name="targetPort">The port of the copy that is filled, where another stands between.</param>
    /// <param name="password">The password for the copy that is filled.</param>
    /// <param name="programs">A folder with programs that take the place of others.</param>
    public (int ExitCode, string Text) Run(
        IReadOnlyList<string> command,
        TimeSpan? killAfter = null,
        int? sourcePort = null,
        int? targetPort = null,
        string password = Password,
        string? programs = null) =>
        PostgreSqlServer.Run(Container(command, sourcePort, targetPort, password, programs), killAfter);

    /// <summary>Starts what a container of a mover runs.</summary>
    /// <inheritdoc cref="Run"/>
    public ProcessStartInfo Container(
        IReadOnlyList<string> command,
        int? sourcePort = null,
        int? targetPort = null,
        string password = Password,
        string? programs = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1));
        Connect(start, DatabaseMover.Source, sourcePort ?? Source.Port, Mover, Password);
        Connect(start, DatabaseMover.Target, targetPort ?? Target.Port, Mover, password);
        start.Environment[DatabaseMover.QuietSeconds] = "-59";
        if (programs is not null) start.Environment["PATH"] = $"{programs}:{start.Environment["PATH"]}";
        return start;
    }

    /// <summary>Starts what a container of a mover runs that carries back.</summary>
    /// <param name="serves">Whether the new copy serves.</param>
    public ProcessStartInfo Returning(bool serves)
    {
        var start = new ProcessStartInfo(PostgreSqlReplication.Returning[0], PostgreSqlReplication.Returning.Skip(1));
        Connect(start, DatabaseMover.Source, Target.Port, Returner, Password);
        Connect(start, DatabaseMover.Target, Source.Port, Returner, Password);
        start.Environment[PostgreSqlReplication.Serves] = serves ? "yes" : "no";
        return start;
    }

    /// <summary>Carries out statements, which must succeed, and gives their result.</summary>
    public static string Done(PostgreSqlServer server, string user, string statements)
    {
        var (exitCode, text) = server.Sql(user, Database, statements);
        Assert.True(exitCode == 0, text);
        return text;
    }

    /// <summary>Everything that a copy holds, as a dump of the version on the path shows it.</summary>
    public static string Rows(PostgreSqlServer server)
    {
        var tables = Done(
            server,
            "superuser",
            """
            SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
              WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'carried_over') ORDER BY 1
            """);
        var rows = tables.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(table =>
            $"{table}\n{Done(server, "superuser", $"SELECT md5(r::text) FROM ONLY {table} r ORDER BY 1")}");
        var sequences = Done(
            server,
            "superuser",
            "SELECT schemaname, sequencename, last_value FROM pg_sequences WHERE schemaname <> 'carried_over' ORDER BY 1, 2");
        var objects = Done(
            server, "superuser", "SELECT loid, pageno, md5(data) FROM pg_largeobject ORDER BY 1, 2");
        return string.Join('\n', rows.Append(sequences).Append(objects));
    }

    private static void Connect(ProcessStartInfo start, string side, int port, string consumer, string password)
    {
        start.Environment[$"{side}_HOST"] = "127.0.0.1";
        start.Environment[$"{side}_PORT"] = $"{port}";
        start.Environment[$"{side}_DATABASE"] = Database;
        start.Environment[$"{side}_USERNAME"] = DatabaseGrant.LoginOf(consumer);
        start.Environment[$"{side}_PASSWORD"] = password;
        start.Environment[$"{side}_CA"] = "";
        start.Environment[$"{side}_TLS_MODE"] = "disable";
    }

    public void Dispose()
    {
        Source.Dispose();
        Target.Dispose();
    }
}

/// <summary>Stands between a client and a server, and can be cut.</summary>
internal sealed class Wire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _sockets = [];
    private readonly long _limit;
    private long _carried;
    private bool _isCut;

    /// <summary>Leads to a port.</summary>
    /// <param name="port">The port.</param>
    /// <param name="limit">After how many bytes it is cut.</param>
    public Wire(int port, long limit = long.MaxValue)
    {
        _limit = limit;
        _listener.Start();
        _ = Task.Run(async () =>
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await server.ConnectAsync(IPAddress.Loopback, port);
                lock (_sockets) _sockets.AddRange([client, server]);
                _ = Carry(client, server);
                _ = Carry(server, client);
            }
        });
    }

    /// <summary>Its own port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Cuts every connection.</summary>
    public void Cut()
    {
        lock (_sockets)
        {
            foreach (var socket in _sockets) socket.Close(0);
            _sockets.Clear();
        }
    }

    public void Dispose()
    {
        _listener.Stop();
        Cut();
    }

    private async Task Carry(Socket from, Socket to)
    {
        var buffer = new byte[65536];
        try
        {
            while (await from.ReceiveAsync(buffer) is var read and > 0)
            {
                await to.SendAsync(buffer.AsMemory(0, read));
                if (Interlocked.Add(ref _carried, read) <= _limit || Interlocked.Exchange(ref _isCut, true)) continue;
                Cut();
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            from.Close(0);
            to.Close(0);
        }
    }
}

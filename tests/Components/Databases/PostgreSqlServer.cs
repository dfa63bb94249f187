using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Infra.Components.Databases;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

/// <summary>
/// A server of PostgreSQL that carries scripts out for real, in a folder of its own, and on a port of the loopback where everybody but the
/// administrators needs a password. What it has not got, TLS, is taken out on the way. It does not run as root, so that another user does
/// where the tests are.
/// </summary>
internal sealed class PostgreSqlServer : IDisposable
{
    private const string Superuser = "superuser";

    private const string Client = """
        #!/bin/sh
        export PGHOST="$SOCKETS" PGSSLMODE=disable
        exec "$PSQL" "$@"
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly RunningProgram _server;

    /// <summary>Starts it, with an administrator and a database of theirs.</summary>
    /// <param name="administrator">Attributes of the administrator, such as <c>SUPERUSER</c>, besides making roles.</param>
    /// <param name="settings">Settings, such as <c>shared_preload_libraries=pg_stat_statements</c>.</param>
    public PostgreSqlServer(string administrator = "", params IReadOnlyList<string> settings)
        : this(null, administrator, settings)
    {
    }

    /// <summary>Starts it, with programs of another version.</summary>
    /// <param name="programs">The folder of its programs; null for those on the path.</param>
    /// <param name="administrator">Attributes of the administrator besides making roles.</param>
    /// <param name="settings">Settings of the server.</param>
    public PostgreSqlServer(string? programs, string administrator, IReadOnlyList<string> settings)
    {
        Port = FreePort();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_111_111);
        var data = Path.Combine(_folder.FullName, "data");
        var made = Run(Start(programs, "initdb", "--no-sync", "--auth=trust", $"--username={Superuser}", $"--pgdata={data}"));
        Assert.True(made.ExitCode == 0, made.Text);
        File.WriteAllText(
            Path.Combine(data, "pg_hba.conf"),
            "local all all trust\nlocal replication all trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
        _server = new(Start(
            programs,
            "postgres",
            [
                "-D", data, "-k", _folder.FullName, "-c", "listen_addresses=127.0.0.1", "-p", $"{Port}", "-c", "fsync=off",
                .. settings.SelectMany(Setting),
            ]));
        Assert.True(SpinWait.SpinUntil(() => Sql(Superuser, "postgres", "SELECT 1").ExitCode == 0, TimeSpan.FromSeconds(60)));
        Assert.Equal(0, Sql(Superuser, "postgres", $"CREATE ROLE administrator LOGIN CREATEROLE CREATEDB {administrator}").ExitCode);

        static IEnumerable<string> Setting(string setting) => ["-c", setting];
    }

    /// <summary>Its port on the loopback.</summary>
    public int Port { get; }

    /// <summary>A port of the loopback on which nobody listens.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Carries out statements as somebody in a database; its result, or what is wrong with them.</summary>
    public (int ExitCode, string Text) Sql(string user, string database, string statements)
    {
        var start = new ProcessStartInfo(
            "psql",
            ["--no-psqlrc", "--no-align", "--tuples-only", "--set", "ON_ERROR_STOP=1", "--command", statements]);
        start.Environment["PGHOST"] = _folder.FullName;
        start.Environment["PGPORT"] = Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = user;
        start.Environment["PGDATABASE"] = database;
        return Run(start);
    }

    /// <summary>Makes a database of the administrator's.</summary>
    public void Create(string database) =>
        Assert.Equal(0, Sql("administrator", "postgres", $"CREATE DATABASE \"{database}\"").ExitCode);

    /// <summary>Sets logins up as the clouds' containers do.</summary>
    public (int ExitCode, string Text) SetUp(params IReadOnlyList<DatabaseGrant> grants)
    {
        var start = Container(DatabaseGrant.CommandOf(grants));
        start.Environment[DatabaseGrant.Port] = $"{Port}";
        start.Environment[DatabaseGrant.AdminUsername] = "administrator";
        start.Environment[DatabaseGrant.AdminPassword] = "Sesame41";
        foreach (var grant in grants) start.Environment[grant.PasswordVariable] = "Sesame42";
        return Run(start);
    }

    /// <summary>Dumps a database into a file, as a superuser.</summary>
    /// <param name="database">The database.</param>
    /// <param name="format">The format, as an argument of <c>pg_dump</c>.</param>
    /// <param name="file">The file.</param>
    public (int ExitCode, string Text) Dump(string database, string format, string file) => Run(new ProcessStartInfo(
        "pg_dump",
        [format, $"--host={_folder.FullName}", $"--port={Port}", $"--username={Superuser}", $"--file={file}", database]));

    /// <summary>Loads a dump into a database as the clouds' containers do.</summary>
    /// <param name="database">The database.</param>
    /// <param name="loader">The job that loads it, which has a login there.</param>
    /// <param name="file">The dump.</param>
    /// <param name="sha256">What its SHA-256 must be; empty for any.</param>
    /// <param name="killAfter">When it is killed, with all that it runs; null for never.</param>
    public (int ExitCode, string Text) Load(string database, string loader, string file, string sha256 = "", TimeSpan? killAfter = null)
    {
        var start = Container(PostgreSqlLoad.Command);
        start.Environment["DATABASE_PORT"] = $"{Port}";
        start.Environment["DATABASE_DATABASE"] = database;
        start.Environment["DATABASE_USERNAME"] = DatabaseGrant.LoginOf(loader);
        start.Environment["DATABASE_PASSWORD"] = "Sesame42";
        start.Environment[DumpFile.Path] = file;
        start.Environment[DumpFile.Sha256] = sha256;
        return Run(start, killAfter);
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Delete(recursive: true);
    }

    // What a container runs, with a client that finds the server.
    private ProcessStartInfo Container(IReadOnlyList<string> command)
    {
        var client = Path.Combine(_folder.FullName, "psql");
        File.WriteAllText(client, Client);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(client, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(command[0], command.Skip(1));
        start.Environment["PATH"] = $"{_folder.FullName}:{start.Environment["PATH"]}";
        start.Environment["PSQL"] = ProgramFactAttribute.Find("psql");
        start.Environment["SOCKETS"] = _folder.FullName;
        return start;
    }

    private static ProcessStartInfo Start(string? programs, string program, params IReadOnlyList<string> arguments)
    {
        string[] words = [programs is null ? ProgramFactAttribute.Find(program)! : Path.Combine(programs, program), .. arguments];
        if (Environment.UserName == "root") words = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", .. words];
        return new(words[0], words[1..]) { WorkingDirectory = "/" };
    }

    /// <summary>Runs something to its end, or kills it with all that it runs.</summary>
    public static (int ExitCode, string Text) Run(ProcessStartInfo start, TimeSpan? killAfter = null)
    {
        var (exitCode, errors, text) = RunningProgram.Run(start, killAfter);
        return (exitCode, $"{errors}{text}".Trim());
    }
}

using System.Diagnostics;
using Infra.Components.Databases;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

/// <summary>
/// A server of MariaDB that carries scripts for MySQL out for real, in a folder of its own and without network. What it has not got is
/// taken out on the way: revoking what may be missing (there, the client goes on after an error), and TLS.
/// </summary>
internal sealed class MariaDbServer : IDisposable
{
    private const string Granting = """
        #!/bin/sh
        sed -e 's/ REQUIRE SSL//' -e 's/REVOKE IF EXISTS/REVOKE/' | mariadb --no-defaults --force --socket "$SOCKET" --user root
        """;

    private const string Loading = """
        #!/bin/bash
        for word; do
          case "$word" in
            --ssl-* | --host=* | --port=* | --connect-timeout=*) ;;
            *) words+=("$word") ;;
          esac
        done
        exec mariadb "${words[@]:0:1}" --socket "$SOCKET" "${words[@]:1}"
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly RunningProgram _server;

    /// <summary>Starts it.</summary>
    /// <param name="options">Options of the server.</param>
    public MariaDbServer(params IReadOnlyList<string> options)
    {
        var data = Path.Combine(_folder.FullName, "data");
        var made = RunningProgram.Run(new ProcessStartInfo(
            "mariadb-install-db",
            ["--no-defaults", $"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db"]));
        Assert.True(made.ExitCode == 0, made.Errors);
        _server = new(new ProcessStartInfo(
            ProgramFactAttribute.Find("mariadbd")!,
            [
                "--no-defaults", $"--user={Environment.UserName}", $"--datadir={data}", $"--socket={Socket}", "--skip-networking",
                .. options,
            ]));
        Assert.True(SpinWait.SpinUntil(() => File.Exists(Socket) && Sql("root", "SELECT 1").ExitCode == 0, TimeSpan.FromSeconds(60)));
    }

    /// <summary>Where it listens.</summary>
    public string Socket => Path.Combine(_folder.FullName, "socket");

    /// <summary>Carries out statements as somebody.</summary>
    public (int ExitCode, string Errors, string Text) Sql(string user, string statements, string password = "Sesame42")
    {
        var start = new ProcessStartInfo(
            "mariadb",
            ["--no-defaults", "--batch", "--skip-column-names", "--socket", Socket, "--user", user, "--execute", statements]);
        start.Environment["MYSQL_PWD"] = user == "root" ? "" : password;
        return RunningProgram.Run(start);
    }

    /// <summary>Sets a login up as the clouds' containers do.</summary>
    public void Grant(DatabaseGrant grant)
    {
        var start = Container(grant.Command, Granting);
        start.Environment[DatabaseGrant.AdminPassword] = "";
        start.Environment[DatabaseGrant.LoginPassword] = "Sesame42";
        RunningProgram.Run(start);
    }

    /// <summary>Dumps a database into a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="words">The database, and options of <c>mysqldump</c>.</param>
    public void Dump(string file, params IReadOnlyList<string> words)
    {
        var dumped = RunningProgram.Run(new ProcessStartInfo(
            "mariadb-dump", ["--no-defaults", "--socket", Socket, "--user", "root", $"--result-file={file}", .. words]));
        Assert.True(dumped.ExitCode == 0, dumped.Errors);
    }

    /// <summary>Loads a dump into a database as the clouds' containers do.</summary>
    /// <param name="database">The database.</param>
    /// <param name="loader">The job that loads it, which has a login there.</param>
    /// <param name="file">The dump.</param>
    /// <param name="sha256">What its SHA-256 must be; empty for any.</param>
    /// <param name="killAfter">When it is killed, with all that it runs; null for never.</param>
    public (int ExitCode, string Errors, string Text) Load(
        string database,
        string loader,
        string file,
        string sha256 = "",
        TimeSpan? killAfter = null)
    {
        var start = Container(MySqlLoad.Command, Loading);
        start.Environment["DATABASE_DATABASE"] = database;
        start.Environment["DATABASE_USERNAME"] = DatabaseGrant.LoginOf(loader);
        start.Environment["DATABASE_PASSWORD"] = "Sesame42";
        start.Environment[DumpFile.Path] = file;
        start.Environment[DumpFile.Sha256] = sha256;
        return RunningProgram.Run(start, killAfter);
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Delete(recursive: true);
    }

    // What a container runs, with a client that finds the server.
    private ProcessStartInfo Container(IReadOnlyList<string> command, string script)
    {
        var client = Path.Combine(_folder.FullName, "mysql");
        File.WriteAllText(client, script);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(client, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(command[0], command.Skip(1));
        start.Environment["PATH"] = $"{_folder.FullName}:{start.Environment["PATH"]}";
        start.Environment["SOCKET"] = Socket;
        return start;
    }
}

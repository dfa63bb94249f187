using System.Diagnostics;
using Infra.Components.Databases;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

/// <summary>
/// What a consumer's login may do in a server that reads the grants for real. MariaDB reads names of databases in grants as MySQL does.
/// What it has not got is taken out on the way: revoking what may be missing (there, the client goes on after an error), and TLS.
/// </summary>
public sealed class MySqlPrivilegeTests : IDisposable
{
    private const string Client = """
        #!/bin/sh
        sed -e 's/ REQUIRE SSL//' -e 's/REVOKE IF EXISTS/REVOKE/' | mariadb --no-defaults --force --socket "$SOCKET" --user root
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private Process? _server;

    private string Socket => Path.Combine(_folder.FullName, "socket");

    [ProgramFact("mariadbd", "mariadb-server")]
    public void A_login_opens_its_own_database_and_none_whose_name_only_looks_like_it()
    {
        Start();
        Sql("root", "CREATE DATABASE a1_b2; CREATE DATABASE a1xb2; CREATE TABLE a1xb2.others (id int)");

        Grant(Intent.Write);
        Assert.Equal(0, Sql("shop_login", "CREATE TABLE a1_b2.own (id int)").ExitCode);
        Assert.Contains("denied", Sql("shop_login", "SELECT * FROM a1xb2.others").Errors, StringComparison.Ordinal);

        Grant(Intent.Read);
        Assert.Equal(0, Sql("shop_login", "SELECT * FROM a1_b2.own").ExitCode);
        Assert.Contains("denied", Sql("shop_login", "INSERT INTO a1_b2.own VALUES (1)").Errors, StringComparison.Ordinal);
    }

    [ProgramFact("mariadbd", "mariadb-server")]
    public void What_an_earlier_version_granted_too_much_is_taken_back()
    {
        Start();
        Sql("root", "CREATE DATABASE a1_b2; CREATE DATABASE a1xb2; CREATE TABLE a1xb2.others (id int)");
        Sql("root", "CREATE USER 'shop_login'@'%'; GRANT SELECT, INSERT ON `a1_b2`.* TO 'shop_login'@'%'");
        Assert.Equal(0, Sql("shop_login", "SELECT * FROM a1xb2.others", password: "").ExitCode);

        Grant(Intent.Write);

        Assert.Contains("denied", Sql("shop_login", "SELECT * FROM a1xb2.others").Errors, StringComparison.Ordinal);
        Assert.Equal(0, Sql("shop_login", "CREATE TABLE a1_b2.own (id int)").ExitCode);
    }

    [ProgramFact("mariadbd", "mariadb-server")]
    public void A_further_database_is_made_once_and_is_closed_to_the_logins_of_others()
    {
        Start();
        Sql("root", "CREATE DATABASE a1_b2");
        Grant(Intent.Write);
        var archive = new DatabaseGrant(DatabaseEngine.MySql, "8.4", "order_archive", "shop", Intent.Write)
        {
            Part = "archive",
            MadeFrom = "a1_b2",
        };

        Grant(archive);
        Assert.Equal(0, Sql("shop__archive_login", "CREATE TABLE order_archive.kept (id int)").ExitCode);
        Grant(archive);

        Assert.Equal(0, Sql("shop__archive_login", "SELECT * FROM order_archive.kept").ExitCode);
        Assert.Contains("denied", Sql("shop_login", "SELECT * FROM order_archive.kept").Errors, StringComparison.Ordinal);
        Assert.Contains("denied", Sql("shop__archive_login", "CREATE TABLE a1_b2.other (id int)").Errors, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (_server is not null)
        {
            _server.Kill();
            _server.WaitForExit();
            _server.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private void Start()
    {
        var data = Path.Combine(_folder.FullName, "data");
        var made = Run(
            "mariadb-install-db",
            "--no-defaults",
            $"--datadir={data}",
            "--auth-root-authentication-method=normal",
            "--skip-test-db");
        Assert.True(made.ExitCode == 0, made.Errors);
        _server = Process.Start(new ProcessStartInfo(
            ProgramFactAttribute.Find("mariadbd")!,
            ["--no-defaults", $"--user={Environment.UserName}", $"--datadir={data}", $"--socket={Socket}", "--skip-networking"])
        {
            RedirectStandardError = true,
        })!;
        _server.ErrorDataReceived += (_, _) => { };
        _server.BeginErrorReadLine();
        Assert.True(SpinWait.SpinUntil(() => File.Exists(Socket) && Sql("root", "SELECT 1").ExitCode == 0, TimeSpan.FromSeconds(60)));
    }

    private void Grant(Intent intent) => Grant(new DatabaseGrant(DatabaseEngine.MySql, "8.4", "a1_b2", "shop", intent));

    private void Grant(DatabaseGrant grant)
    {
        var client = Path.Combine(_folder.FullName, "mysql");
        File.WriteAllText(client, Client);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(client, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var command = grant.Command;
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true };
        start.Environment["PATH"] = $"{_folder.FullName}:{start.Environment["PATH"]}";
        start.Environment["SOCKET"] = Socket;
        start.Environment[DatabaseGrant.AdminPassword] = "";
        start.Environment[DatabaseGrant.LoginPassword] = "Sesame42";
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
    }

    private (int ExitCode, string Errors) Sql(string user, string statements, string? password = null) => Run(
        "mariadb",
        "--no-defaults",
        $"--socket={Socket}",
        $"--user={user}",
        $"--password={password ?? (user == "root" ? "" : "Sesame42")}",
        "--execute",
        statements);

    private static (int ExitCode, string Errors) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, $"{errors}{output.Result}");
    }
}

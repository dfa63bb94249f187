using System.Diagnostics;
using Infra.Components.Databases;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

/// <summary>What the task that sets up logins on AWS does, by running it as ECS would, with a client that writes down its calls.</summary>
public sealed class AwsLoginScriptTests : IDisposable
{
    private const string Client = """
        #!/bin/sh
        echo "$LOGIN_PASSWORD from $PGUSER, $PGSSLMODE" >> "$CALLS"
        grep -o 'ALTER ROLE [a-z_"]* LOGIN' >> "$CALLS"
        [ "$LOGIN_PASSWORD" != refused ]
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public void Every_consumer_gets_its_own_password_over_a_connection_that_is_verified()
    {
        var (exitCode, calls) = Run("one", "two");

        Assert.Equal(0, exitCode);
        Assert.Equal(
            ["two from dbadmin, verify-full", "report_login", "one from dbadmin, verify-full", "shop_login"],
            calls.Select(call => call.Replace("ALTER ROLE ", "", StringComparison.Ordinal)
                .Replace(" LOGIN", "", StringComparison.Ordinal)
                .Replace("\"", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_login_that_cannot_be_set_up_fails_the_task() => Assert.NotEqual(0, Run("refused", "two").ExitCode);

    public void Dispose() => _folder.Delete(recursive: true);

    private (int ExitCode, string[] Calls) Run(string shop, string report)
    {
        var container = AwsPlans.Of(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            model.Add(new ContainerService("shop")).Writes(orders);
            model.Add(new ContainerService("report")).Reads(orders);
        }).Container("orders-grants");
        var client = Path.Combine(_folder.FullName, "psql");
        File.WriteAllText(client, Client);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(client, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var calls = Path.Combine(_folder.FullName, "calls");

        string[] words = [.. Words("entryPoint"), .. Words("command")];
        var start = new ProcessStartInfo(words[0], words[1..]);
        start.Environment["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["CALLS"] = calls;
        foreach (var variable in container.GetProperty("environment").EnumerateArray())
            start.Environment[variable.At("name")!] = variable.At("value");
        start.Environment["ADMIN_PASSWORD"] = "administrator";
        start.Environment["SHOP_LOGIN_PASSWORD"] = shop;
        start.Environment["REPORT_LOGIN_PASSWORD"] = report;
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return (process.ExitCode, File.ReadAllLines(calls));

        IEnumerable<string> Words(string key) => container.GetProperty(key).EnumerateArray().Select(word => word.GetString()!);
    }
}

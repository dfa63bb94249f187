using System.Diagnostics;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

/// <summary>
/// How the proxy beside a caller of gRPC starts and stops, by running its script with a proxy that writes down what happens to it.
/// </summary>
public sealed class GcpGrpcProxyTests : IDisposable
{
    // Told to stop softly, it works on for a while, as one with open connections does.
    private const string Proxy = """
        #!/bin/sh
        cp "$3" "$CALLS/configuration"
        trap 'echo soft >"$CALLS/stopped"; sleep 1; echo done >>"$CALLS/stopped"; exit 0' USR1
        echo started >"$CALLS/started"
        while :; do sleep 0.1; done
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public void It_is_given_its_configuration_and_serves_what_is_open_when_it_is_told_to_stop()
    {
        using var process = Start(Proxy);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(Path.Combine(_folder.FullName, "started")), TimeSpan.FromSeconds(20)));

        using (var stop = Process.Start("kill", ["-TERM", $"{process.Id}"])) stop.WaitForExit();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(20)));

        Assert.Equal("listen to-shop", Read("configuration"));
        Assert.Equal("soft\ndone\n", Read("stopped"));
    }

    [Fact]
    public void Where_it_ends_by_itself_so_does_its_container()
    {
        using var process = Start("#!/bin/sh\nexit 3\n");

        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(20)));
        Assert.NotEqual(0, process.ExitCode);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Process Start(string proxy)
    {
        var file = Path.Combine(_folder.FullName, "haproxy");
        File.WriteAllText(file, proxy);
        using (var permit = Process.Start("chmod", ["700", file])) permit.WaitForExit();
        var plan = GcpPlans.Good(model => model.Add(new ContainerService("worker")).Calls(model.Add(
            new ContainerService("shop", new() { Port = 8080, HealthCheck = new() { Protocol = HealthProtocol.Grpc } }))));
        var container = plan.Only("gcp:cloudrunv2/workerPool:WorkerPool").Inputs.GetProperty("template").GetProperty("containers")[1];
        string[] words = [.. Words("commands"), .. Words("args")];
        var start = new ProcessStartInfo(words[0], words.Skip(1));
        start.Environment["PATH"] = $"{_folder.FullName}:{start.Environment["PATH"]}";
        start.Environment["CALLS"] = _folder.FullName;
        start.Environment["CONFIGURATION"] = "listen to-shop";
        start.Environment["AUTHORITIES"] = "-----BEGIN CERTIFICATE-----";
        return Process.Start(start)!;

        IEnumerable<string> Words(string name) => container.GetProperty(name).EnumerateArray().Select(word => word.GetString()!);
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(_folder.FullName, file));
}

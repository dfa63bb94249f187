using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Infra.Components.Services;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

/// <summary>What the container that checks a service on AWS finds out, by running its command with BusyBox and nothing else.</summary>
public sealed class BusyBoxCheckTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [ProgramFact("busybox", "busybox")]
    public async Task A_service_is_well_when_its_first_answer_is_a_success_or_leads_elsewhere()
    {
        foreach (var answer in new[] { "200 OK", "204 No Content", "302 Found" }) Assert.Equal(0, await CheckAsync(answer));
        foreach (var answer in new[] { "401 Unauthorized", "404 Not Found", "500 Internal Server Error", "503 Service Unavailable", null })
            Assert.NotEqual(0, await CheckAsync(answer));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // With a server that gives one answer, or with none where there is no answer.
    private async Task<int> CheckAsync(string? answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var serving = answer is null ? Task.CompletedTask : ServeAsync(listener, answer);
        if (answer is null) listener.Stop();
        var exitCode = Run(CommandOf(port));
        listener.Stop();
        await serving;
        return exitCode;
    }

    private static async Task ServeAsync(TcpListener listener, string answer)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                }

                var location = answer.StartsWith("302", StringComparison.Ordinal) ? "Location: /missing\r\n" : "";
                var head = $"HTTP/1.1 {answer}\r\n{location}Content-Length: 0\r\nConnection: close\r\n\r\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
                if (location.Length > 0) answer = "404 Not Found";
            }
        }
        catch (Exception exception) when (exception is SocketException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private static string CommandOf(int port)
    {
        var check = AwsPlans.Of(model => model.Add(new ContainerService("shop", new() { Port = port })))
            .Only("aws:ecs/taskDefinition:TaskDefinition", "shop")
            .JsonInput("containerDefinitions")!
            .Value;
        Assert.Equal("CMD-SHELL", check.At("[1].healthCheck.command[0]"));
        return check.At("[1].healthCheck.command[1]")!;
    }

    // The shell of the image, and its other programs by their names.
    private int Run(string command)
    {
        var busybox = ProgramFactAttribute.Find("busybox")!;
        using (var install = Process.Start(busybox, ["--install", "-s", _folder.FullName])) install.WaitForExit();
        var start = new ProcessStartInfo(busybox, ["timeout", "20", "sh", "-c", command]);
        start.Environment.Clear();
        start.Environment["PATH"] = _folder.FullName;
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}

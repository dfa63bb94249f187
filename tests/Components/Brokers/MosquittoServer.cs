using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Infra.Components.Brokers;
using Infra.Tests.Testing;

namespace Infra.Tests.Brokers;

/// <summary>
/// A broker of devices that runs for real: what its container would run, with its files, in a folder of its own and at ports of the
/// machine's choice.
/// </summary>
internal sealed class MosquittoServer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly DeviceBroker _broker;
    private RunningProgram _process;

    /// <summary>Starts it, and waits until it listens.</summary>
    public MosquittoServer(DeviceBroker broker)
    {
        _broker = broker;
        foreach (var (path, text) in broker.Service.Files) File.WriteAllText(Placed(path), Placed(text.Literal!));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "data"));

        // Whoever starts it as root would be somebody else, who reads none of its files.
        File.AppendAllText(Placed("/etc/broker/broker.conf"), $"user {Environment.UserName}\n");
        _process = Start();
    }

    /// <summary>Where devices come in.</summary>
    public int DevicePort { get; } = FreePort();

    /// <summary>Where services come in.</summary>
    public int ServicePort { get; } = FreePort();

    /// <summary>Stops it as clouds do, and starts it with what it kept.</summary>
    public void Restart()
    {
        Stop();
        _process = Start();
    }

    /// <summary>What a container ends with that may not open as many files as are asked for.</summary>
    public int ExitCodeWith(int files) => RunningProgram.Run(Container(files)).ExitCode;

    public void Dispose()
    {
        Stop();
        _folder.Delete(recursive: true);
    }

    private RunningProgram Start()
    {
        var process = new RunningProgram(Container(null));
        foreach (var port in new[] { ServicePort, DevicePort })
        {
            if (SpinWait.SpinUntil(() => process.HasExited || Listens(port), TimeSpan.FromSeconds(20)) && !process.HasExited) continue;
            process.Dispose();
            throw new InvalidOperationException($"It does not listen: {process.Said}");
        }

        return process;
    }

    private void Stop()
    {
        _process.Terminate();
        _process.WaitForExit(TimeSpan.FromSeconds(20));
        _process.Dispose();
    }

    private ProcessStartInfo Container(int? files)
    {
        var words = _broker.Service.EntryPoint;
        var start = new ProcessStartInfo(words[0], words.Skip(1).Select(Placed));
        start.Environment["PATH"] = $"{start.Environment["PATH"]}:/usr/sbin";
        foreach (var (name, text) in _broker.Service.Environment) start.Environment[name] = text.Literal;
        if (files is { } number) start.Environment["FILES"] = $"{number}";
        return start;
    }

    private string Placed(string text) => text
        .Replace("/etc/broker", _folder.FullName, StringComparison.Ordinal)
        .Replace("/tmp/logins", $"{_folder.FullName}/hashed", StringComparison.Ordinal)
        .Replace("/mosquitto/data", $"{_folder.FullName}/data", StringComparison.Ordinal)
        .Replace($"listener {DeviceBroker.ServicePort}\n", $"listener {ServicePort} 127.0.0.1\n", StringComparison.Ordinal)
        .Replace($"listener {DeviceBroker.DevicePort}\n", $"listener {DevicePort} 127.0.0.1\n", StringComparison.Ordinal);

    private static bool Listens(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            Thread.Sleep(20);
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Diagnostics;
using System.Text;
using Xunit;

namespace Infra.Tests.Testing;

/// <summary>What a container of a worker runs, until it is killed.</summary>
internal sealed class Worker : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    /// <summary>Starts it.</summary>
    public Worker(ProcessStartInfo start)
    {
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_said) _said.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
    }

    private string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    /// <summary>Waits until it has said something.</summary>
    public void Says(string what) =>
        Assert.True(SpinWait.SpinUntil(() => Said.Contains(what, StringComparison.Ordinal), Patience), Said);

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}

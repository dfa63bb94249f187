using System.Diagnostics;
using System.Text;
using Xunit;

namespace Infra.Tests.Testing;

/// <summary>
/// A program that runs until it is let go of. All that it says is heard, so that it writes to no stream of the tests' own; and with it ends
/// all that it started, also what lost its parent meanwhile.
/// </summary>
internal sealed class RunningProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private int _heard;

    /// <summary>Starts it, as the leader of a group of processes.</summary>
    public RunningProgram(ProcessStartInfo start)
    {
        start.ArgumentList.Insert(0, start.FileName);
        start.FileName = "setsid";
        start.RedirectStandardError = start.RedirectStandardOutput = true;
        _process = new() { StartInfo = start };
        _process.ErrorDataReceived += Hear;
        _process.OutputDataReceived += Hear;
        _process.Start();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>Whether it has ended by itself.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>All that it has said, line by line.</summary>
    public string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    /// <summary>Runs something to its end, or kills it with all that it runs.</summary>
    /// <param name="start">What is run.</param>
    /// <param name="killAfter">When it is killed; null for never.</param>
    /// <returns>Its exit code, what it said to the stream of errors, and what it said besides, without blanks around.</returns>
    public static (int ExitCode, string Errors, string Text) Run(ProcessStartInfo start, TimeSpan? killAfter = null)
    {
        if (killAfter is { } moment)
        {
            using var killed = new RunningProgram(start);
            if (!killed._process.WaitForExit(moment)) killed.Kill();
            killed._process.WaitForExit();
            return (killed._process.ExitCode, killed.Said, "");
        }

        start.RedirectStandardError = start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors, output.Result.Trim());
    }

    /// <summary>Waits until it says something that it had not said when it was last waited for.</summary>
    public void Says(string what) => Assert.True(
        SpinWait.SpinUntil(
            () =>
            {
                lock (_said)
                {
                    var at = _said.ToString().IndexOf(what, _heard, StringComparison.Ordinal);
                    if (at < 0) return false;
                    _heard = at + what.Length;
                    return true;
                }
            },
            Patience),
        $"It never said '{what}':\n{Said}");

    /// <summary>Waits until it ends by itself, or no longer.</summary>
    /// <returns>Its exit code, after all that it said was heard; null where it still runs.</returns>
    public int? WaitForExit(TimeSpan atMost)
    {
        if (!_process.WaitForExit(atMost)) return null;
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Asks it to end, as clouds do.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Kills it with its group, and with what began a group of its own.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        using var kill = new Process { StartInfo = new("kill", ["-KILL", "--", $"-{_process.Id}"]) { RedirectStandardError = true } };
        kill.Start();
        kill.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.WaitForExit(Patience);
        _process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (_said) _said.AppendLine(line.Data);
    }
}

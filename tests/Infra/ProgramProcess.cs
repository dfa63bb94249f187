using System.Diagnostics;
using Infra.Tests.Testing;

namespace Infra.Tests;

/// <summary>Starts processes as a user, or the Pulumi engine's host, would.</summary>
internal static class ProgramProcess
{
    /// <summary>The program as built for these tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "Infra.dll");

    /// <summary>Runs a command to its end.</summary>
    /// <param name="command">The command and its arguments.</param>
    /// <param name="environment">Variables that are set for it; an empty one is removed.</param>
    /// <param name="folder">Its working folder.</param>
    public static (int ExitCode, string Output, string Error) Run(
        string[] command,
        IReadOnlyDictionary<string, string>? environment = null,
        string? folder = null)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Repository.Root,
        };
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("PULUMI_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(variable);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Infra.Benchmarks;

/// <summary>What one run of the program took.</summary>
/// <param name="Wall">Seconds from the process' start to its end, as seen from outside.</param>
/// <param name="Cpu">Seconds of processor time, of the user and of the system, on all cores.</param>
/// <param name="Megabytes">The most memory that it held at a time, resident, in MB.</param>
internal sealed record Run(double Wall, double Cpu, double Megabytes);

/// <summary>Plans a stack several times, each time in a process of its own.</summary>
/// <param name="Resources">How many resources the plan has.</param>
/// <param name="Runs">The runs.</param>
internal sealed record Measurement(int Resources, IReadOnlyList<Run> Runs)
{
    // How the program begins what it refuses.
    private const string Mark = "error: ";

    /// <summary>The middle one of some figures.</summary>
    public double Median(Func<Run, double> figure)
    {
        var sorted = Runs.Select(figure).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>Measures.</summary>
    /// <exception cref="NoPlanException">There is no plan without errors.</exception>
    public static Measurement Of(string folder, string stack, int runs)
    {
        // Not counted: the first run's document tells how many resources there are, or why there is no plan; the second one fills the page
        // cache as those that count do.
        var document = Path.Combine(folder, stack + ".json");
        var (exitCode, said, _) = Start(folder, "plan", stack, "--json", "--output", document);
        if (exitCode != 0) throw new NoPlanException(stack, exitCode, File.Exists(document) ? ErrorsIn(document) : said);
        using var plan = JsonDocument.Parse(File.ReadAllBytes(document));
        var resources = plan.RootElement.GetProperty("resources").GetArrayLength();

        Plan(folder, stack);
        return new(resources, [.. Enumerable.Range(0, runs).Select(_ => Plan(folder, stack))]);
    }

    private static IReadOnlyList<string> ErrorsIn(string document)
    {
        using var plan = JsonDocument.Parse(File.ReadAllBytes(document));
        return [.. plan.RootElement.GetProperty("findings").EnumerateArray()
            .Where(finding => finding.GetProperty("severity").GetString() == "error")
            .Select(finding => finding.GetProperty("message").GetString()!)];
    }

    private static Run Plan(string folder, string stack)
    {
        var watch = Stopwatch.StartNew();
        var (exitCode, said, last) = Start(folder, "plan", stack);
        var wall = watch.Elapsed.TotalSeconds;
        if (exitCode != 0) throw new NoPlanException(stack, exitCode, said);
        var figures = last.Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture)).ToList();
        return new(wall, figures[0], figures[1]);
    }

    // Its exit code and what it said on standard error, where the last line holds the figures.
    private static (int ExitCode, IReadOnlyList<string> Said, string Last) Start(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Where the process is the host 'dotnet', its first argument is the program.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(Measurement).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var lines = error.Result.TrimEnd().Split('\n');
        return (
            process.ExitCode,
            [.. lines[..^1].Select(line => line.StartsWith(Mark, StringComparison.Ordinal) ? line[Mark.Length..] : line)],
            lines[^1]);
    }
}

/// <summary>There is nothing to measure: a stack has no plan without errors. The message says on one line which, and why.</summary>
internal sealed class NoPlanException(string stack, int exitCode, IReadOnlyList<string> said)
    : Exception($"{stack} has no plan to measure (exit code {exitCode}): {(said.Count == 0 ? "the program does not say why" : said[0])}");

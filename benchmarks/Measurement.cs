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
    /// <summary>The middle one of some figures.</summary>
    public double Median(Func<Run, double> figure)
    {
        var sorted = Runs.Select(figure).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>Measures; throws with what the program said where there is no plan without errors.</summary>
    public static Measurement Of(string folder, string stack, int runs)
    {
        // Not counted: the first run fills the page cache, and says why where there is no plan; the second one's document tells how many resources there are.
        Start(folder, "plan", stack);
        var document = Path.Combine(folder, stack + ".json");
        Start(folder, "plan", stack, "--json", "--output", document);
        using var plan = JsonDocument.Parse(File.ReadAllBytes(document));
        var resources = plan.RootElement.GetProperty("resources").GetArrayLength();

        return new(resources, [.. Enumerable.Range(0, runs).Select(_ => Start(folder, "plan", stack))]);
    }

    private static Run Start(string folder, params string[] arguments)
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

        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var wall = watch.Elapsed.TotalSeconds;

        if (process.ExitCode != 0) throw new InvalidOperationException($"'{string.Join(' ', arguments)}' ended with exit code {process.ExitCode}:\n{output}{error.Result}");
        var figures = error.Result.TrimEnd().Split('\n')[^1].Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture)).ToList();
        return new(wall, figures[0], figures[1]);
    }
}

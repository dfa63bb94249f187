using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Composition;
using Infra.Components.Systems;

namespace Infra.Benchmarks;

/// <summary>
/// Measures how long planning takes. With <c>plan</c> it is the program itself, which knows the fleets as well; otherwise it starts itself
/// so, again and again.
/// </summary>
internal static class Program
{
    /// <summary>What is planned.</summary>
    internal static readonly Fleet[] Fleets = [new(1), new(10), new(50), new(200)];

    public static int Main(string[] arguments)
    {
        if (arguments is not ["plan", ..]) return Command().Parse(arguments).Invoke();

        var exitCode = Infra.Program.Command(Fleets, arguments, Environment.CurrentDirectory);
        // The process' last act. What the runtime still does to end is not in it: a few milliseconds.
        var cpu = Environment.CpuUsage.TotalTime.TotalSeconds;
        using var process = Process.GetCurrentProcess();
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cpu} {process.PeakWorkingSet64 / 1e6}"));
        return exitCode;
    }

    private static RootCommand Command()
    {
        var runs = new Option<int>("--runs") { Description = "How often each stack is planned, 5 at least.", DefaultValueFactory = _ => 5 };
        var clouds = new Option<string[]>("--cloud") { Description = "Only these clouds.", AllowMultipleArgumentsPerToken = true };
        var most = new Option<int>("--most")
        {
            Description = "Only fleets of at most so many services.",
            DefaultValueFactory = _ => int.MaxValue,
        };
        runs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 5) result.AddError("--runs: 5 at least, or the median says nothing.");
        });
        clouds.AcceptOnlyFromAmong([.. CloudIndex.All.Select(cloud => cloud.Cloud.Name())]);

        var command = new RootCommand("Measures how long planning a fleet of services takes, on every cloud.") { runs, clouds, most };
        command.SetAction(parsed =>
        {
            var chosen = parsed.GetValue(clouds) is { Length: > 0 } named ? named : [.. CloudIndex.All.Select(cloud => cloud.Cloud.Name())];
            var fleets = Fleets.Where(fleet => fleet.Services.Count() <= parsed.GetValue(most)).ToList();
            return Measure(
                [.. CloudIndex.All.Select(cloud => cloud.Cloud).Where(cloud => chosen.Contains(cloud.Name()))],
                fleets,
                parsed.GetValue(runs),
                Console.Out,
                Console.Error);
        });
        return command;
    }

    /// <summary>
    /// Measures fleets on clouds, and returns the process' exit code. The first stack that has no plan ends it: a broken benchmark is to be
    /// mended, not read.
    /// </summary>
    internal static int Measure(IReadOnlyList<Cloud> clouds, IReadOnlyList<Fleet> fleets, int runs, TextWriter output, TextWriter error)
    {
        try
        {
            foreach (var cloud in clouds) Measure(cloud, fleets, runs, output);
            return 0;
        }
        catch (NoPlanException exception)
        {
            error.WriteLine($"error: {exception.Message}");
            return 1;
        }
    }

    private static void Measure(Cloud cloud, IReadOnlyList<Fleet> fleets, int runs, TextWriter output)
    {
        using var project = new FleetProject();
        output.WriteLine($"{cloud.Name()}\n");
        output.WriteLine("| services | resources | CPU s, median | CPU s, minimum | wall s, median | wall s, minimum | peak MB |");
        output.WriteLine("|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var fleet in fleets)
        {
            var measured = Measurement.Of(project.Folder, project.Add(fleet, cloud), runs);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {fleet.Services.Count()} | {measured.Resources} | {measured.Median(run => run.Cpu):f2} | "
                + $"{measured.Runs.Min(run => run.Cpu):f2} | {measured.Median(run => run.Wall):f2} | "
                + $"{measured.Runs.Min(run => run.Wall):f2} | {measured.Runs.Max(run => run.Megabytes):f0} |"));
        }

        output.WriteLine();
    }
}

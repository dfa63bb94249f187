using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Infra.Migrations;
using Infra.Settings;

namespace Infra.CommandLine;

/// <summary>What <c>migrate plan</c> was asked.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="To">The cloud that it goes to.</param>
/// <param name="AtMost">How many components one wave moves, unless more cannot be parted.</param>
/// <param name="Json">Whether the document is JSON; otherwise text.</param>
/// <param name="File">Where to write it; null for standard output.</param>
internal sealed record MigratePlanRequest(string Stack, string To, int AtMost, bool Json, string? File)
{
    /// <summary>
    /// Four: what a team looks after on one day, beside what it already runs on two clouds. Choice of this project.
    /// </summary>
    public const int UsualAtMost = 4;

    /// <summary>What moves after everything but the edge, by name.</summary>
    public IReadOnlyList<string> Last { get; init; } = [];

    /// <summary>Figures, such as <c>photos.objects=40000000</c>.</summary>
    public IReadOnlyList<string> Figures { get; init; } = [];

    /// <summary>Where the runbook goes; null for nowhere.</summary>
    public string? Runbook { get; init; }

    /// <summary>The day on which it is planned; null for today.</summary>
    public string? Date { get; init; }
}

/// <summary>The command <c>migrate plan</c>: in which waves a stack moves to another cloud.</summary>
internal sealed class MigratePlanCommand(
    StackFolder? stacks,
    IReadOnlyList<SystemDeclaration> systems,
    CommandOutput console,
    TimeProvider time)
{
    /// <summary>Runs it and returns the process' exit code.</summary>
    public int Run(MigratePlanRequest request)
    {
        if (stacks is null) return console.Refuse("There is no Pulumi.yaml here or in a folder above. Run this inside the project.");
        if (!CloudNames.TryParse(request.To, out var to)) return console.RefuseCloud(request.To, "--to");
        if (request.AtMost < 1)
        {
            return console.Refuse(string.Create(
                CultureInfo.InvariantCulture,
                $"--at-most is {request.AtMost}; allowed: 1 or more components."));
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (request.Date is { } day
            && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out today))
        {
            return console.Refuse($"--date is '{day}'; allowed: a day, such as 2027-01-31.");
        }

        var figures = new Dictionary<(string Component, string Figure), double>();
        foreach (var text in request.Figures)
        {
            if (Read(text, figures) is { } problem) return console.Refuse(problem);
        }

        var findings = new Findings();
        var stack = stacks.NameOf(request.Stack);
        if (stacks.Settings(stack, systems.Select(system => system.Name), findings, today: today) is not { } settings)
            return Refuse(findings);
        if (settings.Cloud == to)
        {
            return console.Refuse(
                $"--to is '{request.To}', where '{stack}' stands already; allowed: "
                + $"{string.Join(", ", CloudNames.All.Where(cloud => cloud != to).Select(CloudNames.Name))}.");
        }

        var system = systems.Single(system => system.Name == settings.System);
        var order = new MoveOrder(to, request.AtMost, request.Last.ToHashSet(), figures);
        if (MigrationPlanning.Of(system, settings, order, findings) is not { } plan) return Refuse(findings);
        console.Tell(findings);
        if (request.Runbook is { } runbook && WriteRunbook(plan, runbook) is { } failed) return failed;
        return console.Write(
            request.Json,
            request.File,
            stream => MigrationPlanJson.Write(plan, stream),
            (writer, layout) => MigrationPlanText.Write(plan, writer, layout))
            ?? (plan.Ready ? ExitCode.Success : ExitCode.Failed);
    }

    // A component's figure, or one of the whole stack.
    private static string? Read(string text, Dictionary<(string Component, string Figure), double> figures)
    {
        var known = MoveFigure.All.Select(figure => figure.Name).ToList();
        if (text.Split('=') is not [var name, var value])
            return $"--figure is '{text}'; allowed: <component>.<figure>=<number>, such as photos.objects=40000000.";
        var dot = name.LastIndexOf('.');
        var (component, figure) = (dot < 0 ? "" : name[..dot], name[(dot + 1)..]);
        if (!known.Contains(figure))
        {
            return $"--figure names '{figure}'; allowed: {string.Join(", ", known)}.{Spelling.Suggestion(figure, known)} Correct the name.";
        }

        if (MoveFigure.Parse(value) is not { } number) return $"--figure {name} is '{value}'; allowed: a number above 0.";
        figures[(component, figure)] = number;
        return null;
    }

    private int? WriteRunbook(MigrationPlan plan, string file)
    {
        try
        {
            DocumentFile.Write(file, stream =>
            {
                using var writer = new StreamWriter(stream, leaveOpen: true);
                MigrationRunbook.Write(plan, writer);
            });
            return null;
        }
        catch (Exception exception) when (exception is IOException
            or UnauthorizedAccessException
            or ArgumentException
            or NotSupportedException)
        {
            return console.Refuse($"--runbook {file} cannot be written: {exception.Message}");
        }
    }

    private int Refuse(Findings findings)
    {
        console.Tell(findings);
        return ExitCode.Unusable;
    }
}

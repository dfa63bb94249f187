using System.Globalization;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;

namespace Infra.Migrations;

/// <summary>Writes where a stack stands on its way to another cloud for a reader at a terminal.</summary>
internal static class ProgressText
{
    private static readonly string[] Headings = ["component", "kind", "from", "state", "since", "back", "next"];

    /// <summary>Writes it.</summary>
    /// <param name="progress">Where the stack stands.</param>
    /// <param name="cloud">The cloud on which it stands by default.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="layout">What the text may look like.</param>
    public static void Write(MigrationProgress progress, Cloud cloud, TextWriter writer, TextLayout layout)
    {
        if (progress.To is not { } to)
        {
            writer.Write($"{progress.Stack} is on no way to another cloud.\n");
            Paragraph.Write("", $"'./run migrate plan {progress.Stack} --to <cloud>' says what a migration takes, and "
                + $"'./run migrate next {progress.Stack} --to <cloud>' which components can set out.", writer, layout);
            return;
        }

        writer.Write($"{layout.Bold(progress.Stack)}, on its way to {to.Name()}\n{new string('─', layout.Width)}\n");
        WriteRows([Headings, .. progress.Components.Select(Row)], writer, layout);
        writer.Write('\n');
        foreach (var point in progress.Components.Select(component => component.Rollback).Distinct().Order())
            Paragraph.Write($"{point}  ", Meaning(point), writer, layout);
        writer.Write('\n');
        writer.Write(progress.IsComplete
            ? $"Everything has arrived. Remove infra:migration, and set infra:cloud to {to.Name()} (and infra:placement of what stays on "
                + $"{cloud.Name()}): nothing changes by it.\n"
            : $"{Count(progress, component => component.State is not null)} of {Number(progress.Components.Count)} have set out, "
                + $"{Count(progress, component => component.State is not null && component.Next.Count == 0)} have arrived. "
                + $"'./run migrate next {progress.Stack}' says what can go on.\n");
    }

    /// <summary>What going back costs, in words.</summary>
    public static string Meaning(RollbackPoint point) => point switch
    {
        RollbackPoint.R0 => "nothing uses the new copy yet: going back costs nothing",
        RollbackPoint.R1 => "writers wait, and nobody has written to the new copy: going back costs the pause, and loses nothing",
        RollbackPoint.R2 => "the new copy serves, and going back loses nothing",
        RollbackPoint.R3 => "what was written to the new copy since it serves is not in the old one, or the old one is gone: only forward",
        _ => throw new ArgumentOutOfRangeException(nameof(point), point, "not a rollback point"),
    };

    /// <summary>A component's state, in words.</summary>
    public static string State(ComponentProgress component) => component.History?.Last switch
    {
        null => component.IsName ? "follows" : "not set out",
        { Percent: { } percent } last => string.Create(CultureInfo.InvariantCulture, $"{MigrationEntry.NameOf(last.State)} {percent}%"),
        var last => MigrationEntry.NameOf(last.State),
    };

    /// <summary>A step that comes next, in words.</summary>
    public static string Step(ForeseenStep step) =>
        MigrationEntry.NameOf(step.State) + (step.NotBefore is { } time ? $" from {Time(time)}" : "");

    /// <summary>A moment, to the minute.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);

    private static string[] Row(ComponentProgress component) =>
    [
        component.Component.Name,
        component.Component.Kind.Name,
        component.From.Name(),
        State(component),
        component.History?.Last.Time ?? "",
        $"{component.Rollback}",
        component.Next.Count == 0 ? "" : Step(component.Next[0]),
    ];

    private static void WriteRows(IReadOnlyList<string[]> rows, TextWriter writer, TextLayout layout)
    {
        var widths = Headings.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
            writer.Write($"{layout.Rest(string.Join("  ", row.Select((text, column) => text.PadRight(widths[column]))).TrimEnd(), 0)}\n");
    }

    private static string Count(MigrationProgress progress, Func<ComponentProgress, bool> which) => Number(progress.Components.Count(which));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

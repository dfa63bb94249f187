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
        WriteMeanings(progress.Components.Select(component => component.Rollback), writer, layout);
        writer.Write('\n');
        if (progress.IsComplete)
        {
            var finish = $"Everything has arrived. Remove infra:migration, set infra:cloud to {to.Name()}, and name {cloud.Name()} in "
                + "infra:placement for what stays there: nothing that is deployed changes by it.";
            Paragraph.Write("", finish, writer, layout);
            return;
        }

        var moving = progress.Components.Where(component => !component.Follows).ToList();
        var arrived = moving.Count(component => component.HasArrived);
        var counts = $"{Number(moving.Count(component => component.History is not null))} of {Number(moving.Count)} have set out, "
            + $"{Number(arrived)} have arrived. './run migrate next {progress.Stack}' says what can go on.";
        Paragraph.Write("", counts, writer, layout);
    }

    /// <summary>Says what some points mean from which going back costs something.</summary>
    public static void WriteMeanings(IEnumerable<RollbackPoint> points, TextWriter writer, TextLayout layout)
    {
        foreach (var point in points.Distinct().Order()) Paragraph.Write($"{point}  ", Meaning(point), writer, layout);
    }

    private static string Meaning(RollbackPoint point) => point switch
    {
        RollbackPoint.R0 => "nothing uses the new copy yet: going back costs nothing",
        RollbackPoint.R1 => "writers wait, and nobody has written to the new copy: going back costs the pause, and loses nothing",
        RollbackPoint.R2 => "the new copy serves, and going back loses nothing",
        RollbackPoint.R3 => "going back loses what was written to the new copy, or nothing is left to go back to: only forward",
        _ => throw new ArgumentOutOfRangeException(nameof(point), point, "not a rollback point"),
    };

    private static string State(ComponentProgress component) => component.History?.Last switch
    {
        null => component.Follows ? "follows" : "not set out",
        { Percent: { } percent } last => string.Create(CultureInfo.InvariantCulture, $"{MigrationEntry.NameOf(last.State)} {percent}%"),
        var last => MigrationEntry.NameOf(last.State),
    };

    private static string Step(ForeseenStep step) =>
        MigrationEntry.NameOf(step.State) + (step.NotBefore is { } time ? $" from {Time(time)}" : "");

    /// <summary>A moment, to the minute.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);

    private static string[] Row(ComponentProgress component) =>
    [
        component.Component.Name,
        component.Component.Kind.Name,
        component.From,
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

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

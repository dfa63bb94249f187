using System.Globalization;
using System.Text.Json;
using Infra.Components.Checks;
using Infra.Plans;

namespace Infra.Changes;

/// <summary>
/// Writes what changes for a reader at a terminal, and for a merge request. What is compared may be a document that anybody wrote, so every
/// text of it is shown as <see cref="Printable"/>.
/// </summary>
internal static class ChangesText
{
    // Longer values are told by their beginnings: the whole of them stands in the JSON document.
    private const int ValueWidth = 48;

    /// <summary>Writes it for a terminal.</summary>
    public static void Write(PlanChanges changes, TextWriter writer, TextLayout layout)
    {
        writer.Write($"{Printable.Of(changes.Stack)}\n");
        Paragraph.Write("from  ", Printable.Of(changes.From), writer, layout);
        Paragraph.Write("to    ", Printable.Of(changes.To), writer, layout);
        writer.Write($"{new string('─', layout.Width)}\n{Verdict(changes)}\n\n");
        foreach (var component in changes.Components)
        {
            writer.Write($"{Title(component)}\n");
            foreach (var argument in component.Arguments) Paragraph.Write("", Line(argument), writer, layout);
            foreach (var resource in component.Resources)
            {
                var line = Printable.Of($"{resource.TypeName()} {resource.Name}: {Sentence(resource)}");
                Paragraph.Write($"{Sign(resource)} ", line, writer, layout);
                foreach (var input in resource.Inputs) Paragraph.Write("    ", Line(input), writer, layout);
            }

            writer.Write('\n');
        }

        foreach (var finding in changes.Findings.OrderByDescending(finding => finding.Severity))
            Paragraph.Write("", Report.Line(finding), writer, layout);
        if (changes.Findings.Count > 0) writer.Write('\n');
        if (changes.Components.Count > 0) writer.Write($"{Totals(changes)}\n");
    }

    /// <summary>Writes it as Markdown: a table of the components, and their resources folded below it.</summary>
    public static void WriteMarkdown(PlanChanges changes, TextWriter writer)
    {
        writer.Write($"{Printable.Of($"### {changes.Stack}: {Verdict(changes)}")}\n\n");
        writer.Write($"{Printable.Of($"From {changes.From}, to {changes.To}.")}\n");
        foreach (var finding in changes.Findings.OrderByDescending(finding => finding.Severity))
            writer.Write($"\n> **{finding.Severity.ToString().ToLowerInvariant()}**: {Escaped(Report.Text(finding))}\n");
        if (changes.Components.Count == 0) return;

        writer.Write("\n| Component | Kind | Cloud | Effect | Changes |\n| --- | --- | --- | --- | --- |\n");
        foreach (var component in changes.Components)
        {
            var what = component.Arguments.Count > 0
                ? string.Join("; ", component.Arguments.Select(Line))
                : Counted(component.Resources.Count, "resource");
            var stress = component.Effect.IsUnsafe() ? "**" : "";
            var cells = $"{component.Name} | {component.Kind} | {component.Cloud} | {stress}{Words(component)}{stress} | {Escaped(what)}";
            writer.Write($"| {Printable.Of(cells)} |\n");
        }

        foreach (var component in changes.Components.Where(component => component.Resources.Count > 0))
        {
            writer.Write($"\n<details><summary>{Printable.Of($"{component.Name}: {Words(component)}")}</summary>\n\n");
            foreach (var resource in component.Resources)
            {
                writer.Write($"{Printable.Of($"- {resource.TypeName()} `{resource.Name}`: {Escaped(Sentence(resource))}")}\n");
                foreach (var input in resource.Inputs) writer.Write($"  - {Escaped(Line(input))}\n");
            }

            writer.Write("\n</details>\n");
        }

        writer.Write($"\n{Totals(changes)}\n");
    }

    /// <summary>What happens, in one sentence.</summary>
    public static string Verdict(PlanChanges changes) => changes switch
    {
        { Components.Count: 0, Findings.Count: 0 } => "Nothing changes.",
        { Effect: Effect.DataLost, Safe: true } => "Data is lost, as the stack file accepts.",
        { Effect: Effect.DataLost } => "Data would be lost.",
        { Effect: Effect.Refused } => "It would be refused half-way.",
        { Effect: Effect.Collides } => "It would be refused half-way, because two things would have one name.",
        { Safe: false } => "The real run would refuse it.",
        { Effect: Effect.AddressLost } => "An address would change by which others know it.",
        { Effect: Effect.Interruption } => "Something would not answer for a while.",
        _ => "Nothing is lost, and nothing is interrupted.",
    };

    private static string Title(ComponentChange component) => Printable.Of(
        $"{component.Name.PadRight(18)}{$"{component.Kind} {component.Cloud}".Trim().PadRight(32)}{Words(component)}");

    private static string Words(ComponentChange component) =>
        component.Loses is { } loses ? $"{component.Effect.Name()}: {loses}" : component.Effect.Name();

    private static string Sentence(ResourceChange resource)
    {
        var order = resource.DeletedFirst switch
        {
            true => ", the old one deleted first",
            false => ", the new one made first",
            null => "",
        };
        var what = resource.Operation switch
        {
            Operation.Create => "created",
            Operation.Update => "changed",
            Operation.Replace => "replaced" + order,
            Operation.Delete => "deleted",
            Operation.Forget => "forgotten",
            _ => throw new ArgumentOutOfRangeException(nameof(resource), resource.Operation, "not an operation"),
        };
        var effect = resource.Effect is Effect.Created or Effect.Removed or Effect.Replaced ? "" : $" ({resource.Effect.Name()})";
        var condition = resource.Condition is { } when ? $"; only if {when}" : "";
        return $"{what}{effect}{condition}{(resource.Remark is { } remark ? $"; {remark}" : "")}";
    }

    private static string Line(Difference difference)
    {
        var values = difference.Secret ? "changed" : $"{Value(difference.From)} → {Value(difference.To)}";
        if (!difference.Secret && difference.From is null && difference.To is null) values = "another value";
        var effect = difference.Effect is { } known && known != Effect.InPlace ? $" ({known.Name()})" : "";
        return Printable.Of($"{difference.Path}: {values}{effect}{(difference.Note is { } note ? $"; {note}" : "")}");
    }

    private static string Value(JsonElement? element)
    {
        if (element is not { } value) return "nothing";
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length == 0 ? "\"\"" : text.Length <= ValueWidth ? text : text[..(ValueWidth - 1)] + "…";
    }

    private static char Sign(ResourceChange resource) => resource.Effect.IsUnsafe() ? '!' : resource.Operation switch
    {
        Operation.Create => '+',
        Operation.Replace => '±',
        Operation.Delete or Operation.Forget => '-',
        _ => '~',
    };

    private static string Totals(PlanChanges changes)
    {
        var resources = changes.Components.SelectMany(component => component.Resources).ToList();
        var counts = Enum.GetValues<Operation>()
            .Select(operation => (operation, Count: resources.Count(resource => resource.Operation == operation)))
            .Where(count => count.Count > 0)
            .Select(count => $"{count.Count.ToString(CultureInfo.InvariantCulture)} to {count.operation.Name()}");
        var total = $"{Counted(changes.Components.Count, "component")}, {Counted(resources.Count, "resource")}";
        return resources.Count == 0 ? total : $"{total}: {string.Join(", ", counts)}";
    }

    private static string Counted(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string TypeName(this ResourceChange resource) => resource.Type[(resource.Type.LastIndexOf(':') + 1)..];

    private static string Escaped(string text) => text
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("*", "\\*", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}

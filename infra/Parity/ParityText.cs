using Infra.Plans;

namespace Infra.Parity;

/// <summary>Writes a parity table for a reader at a terminal, or into a file.</summary>
internal static class ParityText
{
    private const int KindWidth = 20;
    private const int CellWidth = 14;

    /// <summary>Writes the table, and below it what each cell means.</summary>
    public static void Write(ParityTable table, TextWriter writer, TextLayout layout)
    {
        Row("component", table.Clouds.Select(cloud => cloud.Name));
        foreach (var component in table.Components) Row(component.Kind, component.Clouds.Select(entry => entry.Cell));
        foreach (var component in table.Components)
        {
            writer.Write($"\n{layout.Bold(component.Kind)}\n");
            foreach (var entry in component.Clouds.Where(entry => entry.Backing is not null))
                Paragraph.Write($"{entry.Cloud.PadRight(CellWidth)}{entry.Cell.PadRight(CellWidth)}", entry.Sentences, writer, layout);
        }

        var missing = table.Clouds.Where(cloud => !cloud.HasBuilder).Select(cloud => cloud.Name).ToList();
        if (missing.Count > 0) writer.Write($"\nNo builder yet: {string.Join(", ", missing)}.\n");

        void Row(string kind, IEnumerable<string> cells) =>
            writer.Write($"{kind.PadRight(KindWidth)}{string.Concat(cells.Select(cell => cell.PadRight(CellWidth))).TrimEnd()}\n");
    }
}

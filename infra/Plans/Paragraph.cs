namespace Infra.Plans;

/// <summary>Wraps text at the last column.</summary>
internal static class Paragraph
{
    /// <summary>
    /// Writes words behind a label; lines that follow the first are indented as far as the label, or a step further than the margin without
    /// one.
    /// </summary>
    public static void Write(string label, string text, TextWriter writer, TextLayout layout)
    {
        foreach (var line in Lines(label, text.Split(' ', StringSplitOptions.RemoveEmptyEntries), " ", layout))
            writer.Write($"{line}\n");
    }

    /// <summary>The lines that parts make which are kept whole.</summary>
    public static IEnumerable<string> Lines(string label, IEnumerable<string> parts, string between, TextLayout layout)
    {
        var line = "  " + label;
        var indent = new string(' ', label.Length == 0 ? 4 : line.Length);
        var isEmpty = true;
        foreach (var part in parts)
        {
            if (!isEmpty && line.Length + between.Length + part.Length > layout.Width)
            {
                yield return line.TrimEnd();
                line = indent;
                isEmpty = true;
            }

            line += isEmpty ? part : between + part;
            isEmpty = false;
        }

        yield return line.TrimEnd();
    }
}

namespace Infra.Plans;

/// <summary>Wraps text for a terminal of 120 columns.</summary>
internal static class Paragraph
{
    /// <summary>The number of columns.</summary>
    public const int Width = 120;

    /// <summary>
    /// Writes words behind a label; lines that follow the first are indented as far as the label, or a step further than the margin without
    /// one.
    /// </summary>
    public static void Write(string label, string text, TextWriter writer)
    {
        var line = "  " + label;
        var indent = new string(' ', label.Length == 0 ? 4 : line.Length);
        var isEmpty = true;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + word.Length + 1 > Width)
            {
                writer.Write($"{line.TrimEnd()}\n");
                line = indent;
            }

            line += word + " ";
            isEmpty = false;
        }

        writer.Write($"{line.TrimEnd()}\n");
    }
}

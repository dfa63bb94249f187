using System.Text;

namespace Infra.Sdk.Cataloguing.Schemas;

/// <summary>A schema file: what it was read off, and the blocks.</summary>
/// <param name="Path">Where it stands.</param>
internal sealed record SchemaFile(string Path)
{
    /// <summary>The product and its version, such as <c>CloudNativePG 1.30.0</c>; empty where the file is new.</summary>
    public string Source { get; init; } = "";

    /// <summary>The chart that installs the product, and its version; empty where no chart does.</summary>
    public string Chart { get; init; } = "";

    /// <summary>The month of reading, such as <c>2026-11</c>.</summary>
    public string Read { get; init; } = "";

    /// <summary>The versions of the chart that are published, the newest first; none where it is no chart.</summary>
    public IReadOnlyList<string> Published { get; init; } = [];

    /// <summary>What is checked whole: tokens of resource types, or the values of a chart.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>The head of a file that may be there already.</summary>
    public static SchemaFile Of(string path)
    {
        var file = new SchemaFile(path);
        if (!File.Exists(path)) return file;
        var lines = File.ReadAllLines(path);
        return file with
        {
            Source = Value(lines, "source"),
            Chart = Value(lines, "chart"),
            Read = Value(lines, "read"),
            Published = Value(lines, "published").Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Resources = [.. lines.Where(line => line.StartsWith("resource ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1])],
        };
    }

    /// <summary>Writes it anew.</summary>
    /// <param name="blocks">The blocks.</param>
    public void Write(string blocks)
    {
        var text = new StringBuilder("# Made by 'dotnet run --project sdk/Catalogue -- schema'; sdk/README.md says how. Do not edit.\n");
        text.Append("source ").Append(Source).Append('\n');
        if (Chart.Length > 0) text.Append("chart ").Append(Chart).Append('\n');
        text.Append("read ").Append(Read).Append('\n');
        if (Published.Count > 0) text.Append("published ").AppendJoin(' ', Published).Append('\n');
        File.WriteAllText(Path, text.Append(blocks).ToString());
    }

    private static string Value(string[] lines, string word) =>
        Array.Find(lines, line => line.StartsWith(word + ' ', StringComparison.Ordinal)) is { } line ? line[(word.Length + 1)..] : "";
}

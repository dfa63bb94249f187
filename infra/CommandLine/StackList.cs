using System.Text.Json.Nodes;
using Infra.Components.Checks;
using Infra.Settings;

namespace Infra.CommandLine;

/// <summary>The stacks that exist, with what their files say of them. Nothing is validated: a list must show what is wrong, too.</summary>
internal sealed class StackList
{
    private static readonly string[] Columns =
    [
        "stack",
        SettingKeys.System,
        SettingKeys.Environment,
        SettingKeys.Cloud,
        SettingKeys.Location,
    ];

    private readonly List<string[]> _rows;

    private StackList(List<string[]> rows) => _rows = rows;

    /// <summary>Reads the list; a file that cannot be read is a finding and has empty columns.</summary>
    public static StackList Read(StackFolder folder, Findings findings) => new(
    [
        .. folder.Stacks.Select(stack =>
        {
            var configuration = folder.Configuration(stack, findings);
            return Columns.Select((key, column) => Received.Cut(Printable.Of(column == 0 ? stack : Value(configuration, key)))).ToArray();
        }),
    ]);

    /// <summary>Writes one line for each stack, under a line of headings.</summary>
    public void WriteText(TextWriter writer)
    {
        if (_rows.Count == 0)
        {
            writer.WriteLine("There is no stack yet: a stack exists once stacks/Pulumi.<stack>.yaml does.");
            return;
        }

        var lines = _rows.Prepend(Columns).ToList();
        var widths = Columns.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines)
            writer.WriteLine(string.Join("  ", line.Select((text, column) => text.PadRight(widths[column]))).TrimEnd());
    }

    /// <summary>Writes a JSON document.</summary>
    public void WriteJson(Stream stream) => JsonText.Write(stream, json => json.WriteObjects("stacks", _rows, row =>
    {
        for (var column = 0; column < Columns.Length; column++) json.WriteString(Columns[column], row[column]);
    }));

    private static string Value(JsonObject? configuration, string key) =>
        configuration?[$"{SettingKeys.Namespace}:{key}"] is JsonValue value ? value.ToString() : "";
}

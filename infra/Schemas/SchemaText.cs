using System.Globalization;
using System.Text;

namespace Infra.Schemas;

/// <summary>
/// A schema file. Blocks are read when they are asked for: a plan holds a few of the kinds that a file describes, and a few of the types
/// that these could hold. The format is described in <c>sdk/README.md</c>.
/// </summary>
internal sealed class SchemaText
{
    private readonly string[] _lines;
    private readonly Dictionary<string, int> _blocks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Schema> _read = new(StringComparer.Ordinal);

    /// <summary>Reads the head of a file, and where its blocks stand.</summary>
    public SchemaText(string text)
    {
        _lines = text.Split('\n');
        for (var at = 0; at < _lines.Length; at++)
        {
            var line = _lines[at];
            if (line.Length == 0 || line[0] is ' ' or '#') continue;
            var words = line.Split(' ', 3);
            switch (words[0])
            {
                case "source": Source = line[(words[0].Length + 1)..]; break;
                case "chart": Chart = line[(words[0].Length + 1)..]; break;
                case "read": Read = words[1]; break;
                case "published": Published = line.Split(' ')[1..]; break;
                case "resource" or "type": _blocks.Add($"{words[0]} {words[1]}", at); break;
                default: throw new FormatException($"Line {at + 1} of a schema begins with '{words[0]}'.");
            }
        }
    }

    /// <summary>What it was read off: the product and its version.</summary>
    public string Source { get; } = "";

    /// <summary>The chart that installs the product, and its version; empty where none does.</summary>
    public string Chart { get; } = "";

    /// <summary>In which month, such as <c>2026-11</c>.</summary>
    public string Read { get; } = "";

    /// <summary>Which versions of the chart are published.</summary>
    public IReadOnlyList<string> Published { get; } = [];

    /// <summary>What is checked whole: tokens of resource types, or <c>values</c> of a chart.</summary>
    public IEnumerable<string> Resources => _blocks.Keys
        .Where(block => block.StartsWith("resource ", StringComparison.Ordinal))
        .Select(block => block["resource ".Length..]);

    /// <summary>The schema of a resource; null where the file has none.</summary>
    public Schema? Resource(string name) => Block($"resource {name}");

    private static (string Name, string[] Words) Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isQuoted = false;
        for (var at = 0; at < line.Length; at++)
        {
            var letter = line[at];
            if (isQuoted && letter == '\\')
            {
                word.Append(line[++at] switch { 'n' => '\n', 't' => '\t', var other => other });
            }
            else if (letter == '"' && (isQuoted || word is [.., '=']))
            {
                isQuoted = !isQuoted;
            }
            else if (letter == ' ' && !isQuoted)
            {
                if (word.Length > 0) words.Add(word.ToString());
                word.Clear();
            }
            else
            {
                word.Append(letter);
            }
        }

        if (word.Length > 0) words.Add(word.ToString());
        return (words[0], [.. words.Skip(1)]);
    }

    private static int Depth(string line) => (line.AsSpan().IndexOfAnyExcept(' ') is var end && end < 0 ? line.Length : end) / 2;

    private Schema? Block(string head)
    {
        if (_read.TryGetValue(head, out var known)) return known;
        if (!_blocks.TryGetValue(head, out var at)) return null;
        var (_, words) = Split(_lines[at]);
        var facets = new Facets(words.Skip(1));
        var hasType = words.Length > 1 && !words[1].Contains('=', StringComparison.Ordinal) && words[1] != "open";

        // Known before it is read: an object may hold others of its type.
        return _read[head] = hasType
            ? Of(words[1], facets, at)
            : Fill(Base(SchemaType.Object, facets), at, head);
    }

    private Schema Of(string type, Facets facets, int at)
    {
        if (type is ['[', .., ']'] or ['{', .., '}'])
        {
            var isList = type[0] == '[';
            return new()
            {
                Type = isList ? SchemaType.List : SchemaType.Map,
                Shortest = facets.Count("minItems"),
                Longest = facets.Count("maxItems"),
                Keys = facets.List("keys"),
                IsSet = facets.Has("unique"),
                Names = facets.Pattern("names"),
                Element = Of(type[1..^1], facets.OfElement(), at),
            };
        }

        if (type[0] == '@')
        {
            return Block($"type {type[1..]}")
                ?? throw new FormatException($"Line {at + 1} of a schema names the type '{type[1..]}', which it does not have.");
        }

        return type switch
        {
            "any" => Base(SchemaType.Any, facets),
            "string" => Base(SchemaType.Text, facets),
            "int" => Base(SchemaType.Integer, facets),
            "number" => Base(SchemaType.Number, facets),
            "bool" => Base(SchemaType.Boolean, facets),
            "intOrString" => Base(SchemaType.IntegerOrText, facets),
            "object" => Fill(Base(SchemaType.Object, facets), at, null),
            _ => throw new FormatException($"Line {at + 1} of a schema has the type '{type}'."),
        };
    }

    private static Schema Base(SchemaType type, Facets facets) => facets.AreNone ? new() { Type = type } : new()
    {
        Type = type,
        IsOpen = facets.Has("open"),
        Least = facets.Number("min"),
        Most = facets.Number("max"),
        Shortest = facets.Count("minLength") ?? facets.Count("minItems"),
        Longest = facets.Count("maxLength") ?? facets.Count("maxItems"),
        Values = facets.List("enum"),
        Pattern = facets.Pattern("pattern"),
        ExactlyOne = facets.Groups("one"),
        AtMostOne = facets.Groups("most"),
        AtLeastOne = facets.Groups("any"),
        Needs = facets.Groups("needs"),
    };

    private Schema Fill(Schema schema, int at, string? head)
    {
        if (head is not null) _read[head] = schema;
        var depth = Depth(_lines[at]) + 1;
        for (var line = at + 1; line < _lines.Length && Depth(_lines[line]) >= depth && _lines[line].Length > 0; line++)
        {
            if (Depth(_lines[line]) > depth) continue;
            var (name, words) = Split(_lines[line]);
            var isRequired = name[^1] == '!';
            if (isRequired) schema.Required.Add(name = name[..^1]);
            schema.Properties.Add(name, Of(words[0], new(words.Skip(1)), line));
        }

        return schema;
    }

    // What stands behind a type. Of a list or map, the outermost has what is said of many, and the element everything else.
    private sealed class Facets(IEnumerable<string> words)
    {
        private static readonly string[] OfMany = ["minItems", "maxItems", "keys", "unique", "names"];

        private readonly Dictionary<string, string> _values = Values(words);

        /// <summary>Whether nothing is said.</summary>
        public bool AreNone => _values.Count == 0;

        public Facets OfElement() =>
            new(_values.Where(pair => !OfMany.Contains(pair.Key)).Select(pair => $"{pair.Key}={pair.Value}"));

        // What is said twice counts as it is said last.
        private static Dictionary<string, string> Values(IEnumerable<string> words)
        {
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var word in words)
            {
                var end = word.IndexOf('=', StringComparison.Ordinal);
                values[end < 0 ? word : word[..end]] = end < 0 ? "" : word[(end + 1)..];
            }

            return values;
        }

        public bool Has(string name) => _values.ContainsKey(name);

        public decimal? Number(string name) =>
            _values.TryGetValue(name, out var value)
                ? decimal.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture)
                : null;

        public int? Count(string name) =>
            _values.TryGetValue(name, out var value) && int.TryParse(value, CultureInfo.InvariantCulture, out var count) ? count : null;

        public IReadOnlyList<string> List(string name) => _values.TryGetValue(name, out var value) ? value.Split('|') : [];

        public SchemaPattern? Pattern(string name) => _values.TryGetValue(name, out var value) ? new(value) : null;

        public IReadOnlyList<IReadOnlyList<string>> Groups(string name) =>
            _values.TryGetValue(name, out var value) ? [.. value.Split(',').Select(group => group.Split('|'))] : [];
    }
}

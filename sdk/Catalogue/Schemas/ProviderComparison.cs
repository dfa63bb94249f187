using System.Text.Json;

namespace Infra.Sdk.Cataloguing.Schemas;

/// <summary>
/// Holds a schema file of a cloud, which is kept by hand, against the schema that the provider's package publishes (Pulumi's
/// <c>schema.json</c>): whether types and fields exist, of which type they are, which are required, which values an enumeration has, and
/// what is deprecated. Ranges, patterns and fields that exclude each other stand in no such schema; nothing is said of them.
/// </summary>
internal sealed class ProviderComparison
{
    private readonly JsonElement _schema;
    private readonly List<string> _differences = [];
    private readonly List<string> _lines = [];

    private ProviderComparison(JsonElement schema) => _schema = schema;

    /// <summary>Where file and schema differ, a sentence each.</summary>
    public IReadOnlyList<string> Differences => _differences;

    /// <summary>The lines of the file with the marks of required fields and the values of enumerations as the schema has them.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Compares a file with a schema.</summary>
    /// <param name="lines">The file's lines.</param>
    /// <param name="schema">The schema, as JSON.</param>
    /// <exception cref="CatalogueException">The JSON is no schema of a provider.</exception>
    public static ProviderComparison Of(IReadOnlyList<string> lines, string schema)
    {
        try
        {
            var root = JsonElement.Parse(schema);
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("resources", out _)) throw NoSchema();
            var comparison = new ProviderComparison(root);
            comparison.Compare(lines);
            return comparison;
        }
        catch (JsonException)
        {
            throw NoSchema();
        }
    }

    private static CatalogueException NoSchema() => new(
        "This is no schema of a Pulumi provider: a JSON object with 'resources' and 'types', as 'pulumi package get-schema <provider>' "
        + "writes it.");

    private void Compare(IReadOnlyList<string> lines)
    {
        // What encloses the line, from the resource inwards; null where the schema does not say what is in it.
        var open = new Stack<(int Depth, Fields? Fields)>();
        foreach (var line in lines)
        {
            var depth = line.TakeWhile(letter => letter == ' ').Count() / 2;
            while (open.Count > 0 && open.Peek().Depth >= depth) Close(open.Pop().Fields);
            if (depth == 0)
            {
                _lines.Add(line);
                if (line.StartsWith("resource ", StringComparison.Ordinal)) open.Push((0, Resource(line.Split(' ')[1])));
                else if (line.StartsWith("type ", StringComparison.Ordinal)) open.Push((0, null));
                continue;
            }

            var (written, fields) = open.Count > 0 && open.Peek().Fields is { } around ? Field(line, around) : (line, null);
            _lines.Add(written);
            open.Push((depth, fields));
        }

        while (open.Count > 0) Close(open.Pop().Fields);
    }

    private void Close(Fields? fields)
    {
        if (fields is null) return;
        foreach (var name in fields.Required.Except(fields.Seen).Order(StringComparer.Ordinal))
            _differences.Add($"{fields.Path}.{name} is required: write it, with what holds of it");
    }

    private Fields? Resource(string token)
    {
        if (!_schema.GetProperty("resources").TryGetProperty(token, out var resource))
        {
            _differences.Add($"{token} does not exist");
            return null;
        }

        if (Text(resource, "deprecationMessage") is { } why) _differences.Add($"{token} is deprecated: {why}");
        return new(token, resource, "inputProperties", "requiredInputs");
    }

    private (string Line, Fields? Inside) Field(string line, Fields around)
    {
        var words = line.TrimStart().Split(' ', 3);
        var (name, type) = (words[0].TrimEnd('!'), words[1]);
        var path = $"{around.Path}.{name}";
        around.Seen.Add(name);
        if (!around.Properties.TryGetProperty(name, out var property))
        {
            _differences.Add($"{path} does not exist");
            return (line, null);
        }

        if (Text(property, "deprecationMessage") is { } why) _differences.Add($"{path} is deprecated: {why}");
        var isRequired = around.Required.Contains(name);
        if (isRequired != words[0].EndsWith('!'))
        {
            _differences.Add($"{path} is {(isRequired ? "required" : "not required")}");
            line = $"{line[..^line.TrimStart().Length]}{name}{(isRequired ? "!" : "")}{line.TrimStart()[words[0].Length..]}";
        }

        var found = Alternatives(property).ToList();
        if (type != "any" && !found.Exists(alternative => Word(alternative) is var word && (word == "any" || word == type)))
            _differences.Add($"{path} is {string.Join(" or ", found.Select(Word).Distinct())}, not {type}");
        line = WithValues(line, path, [.. found.Select(Element).SelectMany(ValuesOf).Distinct()]);
        var inside = found.Select(Element).FirstOrDefault(alternative => alternative.TryGetProperty("properties", out _));
        return (line, inside.ValueKind == JsonValueKind.Object ? new(path, inside, "properties", "required") : null);
    }

    private string WithValues(string line, string path, IReadOnlyList<string> values)
    {
        if (values.Count == 0) return line;
        var words = line.Split(' ');
        var at = Array.FindIndex(words, word => word.StartsWith("enum=", StringComparison.Ordinal));
        var known = at < 0 ? [] : words[at]["enum=".Length..].Split('|');
        if (known.Order(StringComparer.Ordinal).SequenceEqual(values.Order(StringComparer.Ordinal))) return line;
        var facet = $"enum={string.Join('|', values)}";

        // A value with a space would need quotes, which are kept by hand.
        if (line.Contains("enum=\"", StringComparison.Ordinal) || facet.Contains(' ', StringComparison.Ordinal))
        {
            _differences.Add($"{path} has the values {string.Join(", ", values)}: write them by hand");
            return line;
        }

        _differences.Add($"{path} has the values {string.Join(", ", values)}, not {(known is [] ? "any" : string.Join(", ", known))}");
        if (at < 0) return $"{line} {facet}";
        words[at] = facet;
        return string.Join(' ', words);
    }

    // What a property may be, with references followed.
    private IEnumerable<JsonElement> Alternatives(JsonElement property)
    {
        if (property.TryGetProperty("oneOf", out var choices)) return choices.EnumerateArray().SelectMany(Alternatives);
        var name = Text(property, "$ref") is { } reference && reference.StartsWith("#/types/", StringComparison.Ordinal)
            ? Uri.UnescapeDataString(reference["#/types/".Length..])
            : null;
        return [name is not null && _schema.GetProperty("types").TryGetProperty(name, out var type) ? type : property];
    }

    private JsonElement Element(JsonElement type) =>
        type.TryGetProperty("items", out var items) ? Element(Alternatives(items).First())
        : type.TryGetProperty("additionalProperties", out var values) ? Element(Alternatives(values).First())
        : type;

    private string Word(JsonElement type) => Text(type, "type") switch
    {
        "string" => "string",
        "integer" => "int",
        "number" => "number",
        "boolean" => "bool",
        "array" when type.TryGetProperty("items", out var items) => $"[{Word(Alternatives(items).First())}]",
        "object" when type.TryGetProperty("additionalProperties", out var values) => $"{{{Word(Alternatives(values).First())}}}",
        "object" when type.TryGetProperty("properties", out _) => "object",
        _ => "any",
    };

    private static IEnumerable<string> ValuesOf(JsonElement type) => type.TryGetProperty("enum", out var values)
        ? values.EnumerateArray().Select(value => value.GetProperty("value").ToString())
        : [];

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The fields of a resource or an object.</summary>
    private sealed class Fields(string path, JsonElement owner, string properties, string required)
    {
        private static readonly JsonElement None = JsonElement.Parse("{}");

        public string Path => path;

        public JsonElement Properties { get; } = owner.TryGetProperty(properties, out var map) ? map : None;

        public HashSet<string> Required { get; } = owner.TryGetProperty(required, out var names)
            ? [.. names.EnumerateArray().Select(name => name.GetString()!)]
            : [];

        public HashSet<string> Seen { get; } = [];
    }
}

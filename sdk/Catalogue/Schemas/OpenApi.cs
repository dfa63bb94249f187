using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Infra.Sdk.Cataloguing.Schemas;

/// <summary>
/// Turns schemas of OpenAPI and JSON Schema into nodes. What has no word in a schema file is noted and left out: rules in a language of
/// their own, and alternatives but those of a whole number or a text.
/// </summary>
/// <param name="definition">Finds what a reference names, and says what the file calls it; null where it may be anything.</param>
internal sealed class OpenApi(Func<string, string?> definition)
{
    // Which words of a schema have a facet, under which name.
    private static readonly (string Word, string Facet)[] OfValues =
    [
        ("minimum", "min"), ("maximum", "max"), ("minLength", "minLength"), ("maxLength", "maxLength"), ("pattern", "pattern"),
    ];

    private static readonly (string Word, string Facet)[] OfMany =
    [
        ("minItems", "minItems"), ("maxItems", "maxItems"), ("minProperties", "minItems"), ("maxProperties", "maxItems"),
    ];

    private readonly SortedSet<string> _leftOut = new(StringComparer.Ordinal);

    /// <summary>What was left out, and where.</summary>
    public IReadOnlyCollection<string> LeftOut => _leftOut;

    /// <summary>The node of a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="path">Where it stands.</param>
    public SchemaNode Node(YamlMappingNode schema, string path)
    {
        if (Text(schema, "$ref") is { } reference) return definition(reference) is { } name ? new($"@{name}", [], []) : SchemaNode.Any;
        if (Text(schema, "x-kubernetes-int-or-string") == "true" || Text(schema, "format") == "int-or-string")
            return new("intOrString", [.. Facets(schema, OfValues)], []);

        // Written by programs that see one example.
        if (schema.Children.TryGetValue("anyOf", out var choice) && choice is YamlSequenceNode { Children: [YamlMappingNode only] })
            return Node(only, path);

        foreach (var word in new[] { "oneOf", "anyOf", "not", "x-kubernetes-validations" })
        {
            if (schema.Children.ContainsKey(word)) _leftOut.Add($"{path}: {word}");
        }

        return Text(schema, "type") switch
        {
            "string" => new("string", [.. Facets(schema, OfValues), .. Values(schema)], []),
            "integer" => new("int", [.. Facets(schema, OfValues), .. Values(schema)], []),
            "number" => new("number", [.. Facets(schema, OfValues), .. Values(schema)], []),
            "boolean" => new("bool", [], []),
            "array" => List(schema, path),
            "object" or null when schema.Children.ContainsKey("properties") || schema.Children.ContainsKey("additionalProperties") =>
                Object(schema, path),
            "object" => new("object", ["open"], []),
            null when IsOfTexts(schema) => new("string", [.. Values(schema)], []),
            _ => SchemaNode.Any,
        };
    }

    private static SchemaNode Around(SchemaNode node, string before, string after, IEnumerable<string> facets) =>
        new($"{before}{node.Type}{after}", [.. facets, .. node.Facets], node.Children);

    private static IEnumerable<string> Facets(YamlMappingNode schema, (string Word, string Facet)[] words) =>
        from word in words
        let value = Text(schema, word.Word)
        where value is not null
        select $"{word.Facet}={Quoted(value)}";

    private static IEnumerable<string> Values(YamlMappingNode schema)
    {
        var values = schema.Children.TryGetValue("enum", out var own) ? own
            : schema.Children.TryGetValue("allOf", out var all) && all is YamlSequenceNode { Children: [YamlMappingNode first, ..] }
                && first.Children.TryGetValue("enum", out var shared) ? shared : null;
        if (values is YamlSequenceNode sequence)
            yield return $"enum={Quoted(string.Join('|', sequence.Select(value => value.ToString())))}";
    }

    private static bool IsOfTexts(YamlMappingNode schema) =>
        schema.Children.TryGetValue("enum", out var values) && values is YamlSequenceNode sequence
        && sequence.All(value => value is YamlScalarNode { Style: ScalarStyle.DoubleQuoted or ScalarStyle.SingleQuoted });

    private static string? Text(YamlMappingNode schema, string word) =>
        schema.Children.TryGetValue(word, out var value) && value is YamlScalarNode { Value: { } text } ? text : null;

    private static string Quoted(string value) => value.AsSpan().IndexOfAny(" \t\n\"") < 0 && value.Length > 0
        ? value
        : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\t", "\\t", StringComparison.Ordinal)}\"";

    private SchemaNode List(YamlMappingNode schema, string path)
    {
        var item = schema.Children.TryGetValue("items", out var items) && items is YamlMappingNode inner
            ? Node(inner, $"{path}[]")
            : SchemaNode.Any;
        List<string> facets = [.. Facets(schema, OfMany)];
        if (Text(schema, "x-kubernetes-list-type") == "set") facets.Add("unique");
        if (Text(schema, "x-kubernetes-list-type") == "map"
            && schema.Children.TryGetValue("x-kubernetes-list-map-keys", out var keys) && keys is YamlSequenceNode names)
        {
            facets.Add($"keys={string.Join('|', names.Select(name => name.ToString()))}");
        }

        return Around(item, "[", "]", facets);
    }

    private SchemaNode Object(YamlMappingNode schema, string path)
    {
        if (!schema.Children.TryGetValue("properties", out var properties) || properties is not YamlMappingNode { Children.Count: > 0 } map)
        {
            return schema.Children.TryGetValue("additionalProperties", out var additional) && additional is YamlMappingNode value
                ? Around(Node(value, $"{path}{{}}"), "{", "}", Facets(schema, OfMany))
                : new("object", ["open"], []);
        }

        var required = schema.Children.TryGetValue("required", out var names) && names is YamlSequenceNode sequence
            ? sequence.Select(name => name.ToString()).ToHashSet(StringComparer.Ordinal)
            : [];
        var isOpen = Text(schema, "x-kubernetes-preserve-unknown-fields") == "true"
            || (schema.Children.TryGetValue("additionalProperties", out var more) && more.ToString() != "false");
        List<string> facets = [.. Facets(schema, OfMany)];
        if (isOpen) facets.Add("open");
        return new("object", facets,
        [
            .. map.Children
                .Select(property => (Name: property.Key.ToString(), Schema: property.Value as YamlMappingNode))
                .OrderBy(property => property.Name, StringComparer.Ordinal)
                .Select(property => new SchemaProperty(
                    property.Name,

                    // What has a default is filled in before it is looked for.
                    required.Contains(property.Name) && property.Schema?.Children.ContainsKey("default") != true,
                    property.Schema is null ? SchemaNode.Any : Node(property.Schema, $"{path}.{property.Name}"))),
        ]);
    }
}

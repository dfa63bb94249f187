using System.Globalization;
using System.Text.Json;
using Infra.Components.Checks;

namespace Infra.Schemas;

/// <summary>What is wrong at one place of an object.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="Path">The place, such as <c>spec.ports[0].port</c>; empty for the object itself.</param>
/// <param name="What">What was received, as the middle of a sentence: <c>is 70000</c>.</param>
/// <param name="Allowed">What is allowed there.</param>
/// <param name="Change">What to change.</param>
internal sealed record SchemaBreach(BreachKind Kind, string Path, string What, string Allowed, string Change);

/// <summary>In which way an object breaks its schema.</summary>
internal enum BreachKind
{
    /// <summary>A field that the schema does not have.</summary>
    Unknown,

    /// <summary>A value of another type.</summary>
    Type,

    /// <summary>A field that must be given, and is not.</summary>
    Missing,

    /// <summary>A value out of the range, list, length or form.</summary>
    Value,

    /// <summary>Fields that exclude or need each other.</summary>
    Conflict,
}

/// <summary>Holds an object against a schema. What a plan cannot know yet, placeholders and secrets, is taken as it is.</summary>
internal sealed class SchemaCheck
{
    private const int Listed = 12;

    private readonly List<SchemaBreach> _breaches = [];

    // The names and indices on the way down: what is wrong is rare, so that only then a path is written.
    private readonly List<(string? Name, int Index)> _path = [];

    private SchemaCheck()
    {
    }

    /// <summary>Everything that is wrong with a value.</summary>
    public static IReadOnlyList<SchemaBreach> Of(JsonElement value, Schema schema)
    {
        var check = new SchemaCheck();
        check.Check(value, schema);
        return check._breaches;
    }

    private static bool Fits(JsonElement value, SchemaType type) => type switch
    {
        SchemaType.Any => true,
        SchemaType.Object or SchemaType.Map => value.ValueKind == JsonValueKind.Object,
        SchemaType.List => value.ValueKind == JsonValueKind.Array,
        SchemaType.Text => value.ValueKind == JsonValueKind.String,
        SchemaType.Number => value.ValueKind == JsonValueKind.Number,
        SchemaType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        SchemaType.Integer => IsWhole(value),
        SchemaType.IntegerOrText => value.ValueKind == JsonValueKind.String || IsWhole(value),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a type"),
    };

    private static bool IsWhole(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        && (value.TryGetInt64(out _) || (value.TryGetDecimal(out var number) && decimal.IsInteger(number)));

    private static string Words(SchemaType type) => type switch
    {
        SchemaType.Object => "an object",
        SchemaType.Map => "a map",
        SchemaType.List => "a list",
        SchemaType.Text => "a text",
        SchemaType.Number => "a number",
        SchemaType.Boolean => "true or false",
        SchemaType.Integer => "a whole number",
        SchemaType.IntegerOrText => "a whole number or a text",
        _ => "anything",
    };

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"the text '{Short(value.GetString()!)}'",
        _ => Short(value.GetRawText()),
    };

    private static string Short(string text) => text.Length <= 60 ? text : $"{text[..57]}...";

    private static string List(IReadOnlyCollection<string> names) => names.Count switch
    {
        0 => "none",
        <= Listed => string.Join(", ", names),
        _ => $"{string.Join(", ", names.Take(Listed))} and {names.Count - Listed} more",
    };

    private static bool Has(JsonElement value, string name) =>
        value.TryGetProperty(name, out var property) && property.ValueKind != JsonValueKind.Null;

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private void Report(BreachKind kind, string what, string allowed, string change) =>
        _breaches.Add(new(
            kind,
            string.Concat(_path.Select(step => step.Name is { } name ? $".{name}" : $"[{step.Index}]")).TrimStart('.'),
            what,
            allowed,
            change));

    private void Enter(string name) => _path.Add((name, 0));

    private void Enter(int index) => _path.Add((null, index));

    private void Leave() => _path.RemoveAt(_path.Count - 1);

    private void Check(JsonElement value, Schema schema)
    {
        if (value.ValueKind == JsonValueKind.Null || Unknown.Is(value)) return;
        if (!Fits(value, schema.Type))
        {
            Report(BreachKind.Type, $"is {Shown(value)}", Words(schema.Type), "Give it a value of that type");
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object when schema.Type == SchemaType.Map: CheckMap(value, schema); break;
            case JsonValueKind.Object when schema.Type == SchemaType.Object: CheckObject(value, schema); break;
            case JsonValueKind.Array when schema.Type == SchemaType.List: CheckList(value, schema); break;
            case JsonValueKind.String when schema.IsBounded: CheckText(value.GetString()!, schema); break;
            case JsonValueKind.Number when schema.IsBounded: CheckNumber(value.GetDecimal(), schema); break;
            default: break;
        }
    }

    private void CheckObject(JsonElement value, Schema schema)
    {
        foreach (var property in value.EnumerateObject())
        {
            var name = property.Name;
            Enter(name);
            if (schema.Properties.TryGetValue(name, out var inner))
            {
                Check(property.Value, inner);
            }
            else if (!schema.IsOpen && !IsProviders(name))
            {
                var known = schema.Properties.Keys;
                Report(BreachKind.Unknown, "is no field of it", $"{List(known)}.{Spelling.Suggestion(name, known)}", "Remove it");
            }

            Leave();
        }

        foreach (var name in schema.Required)
        {
            if (Has(value, name)) continue;
            Enter(name);
            Report(BreachKind.Missing, "is not given", "an object that has it", "Give it");
            Leave();
        }

        CheckCount(value.GetPropertyCount(), schema, "fields");
        if (schema.HasGroups) CheckGroups(value, schema);
    }

    // Words of the provider, not of what it sends.
    private static bool IsProviders(string name) => name.StartsWith("__", StringComparison.Ordinal);

    private void CheckGroups(JsonElement value, Schema schema)
    {
        foreach (var group in schema.ExactlyOne.Where(group => group.Count(name => Has(value, name)) != 1))
            Report(BreachKind.Conflict, $"has {Given(value, group)}", $"exactly one of {List([.. group])}", "Give that one alone");
        foreach (var group in schema.AtMostOne.Where(group => group.Count(name => Has(value, name)) > 1))
            Report(BreachKind.Conflict, $"has {Given(value, group)}", $"at most one of {List([.. group])}", "Leave the others out");
        foreach (var group in schema.AtLeastOne.Where(group => !group.Any(name => Has(value, name))))
            Report(BreachKind.Conflict, $"has {Given(value, group)}", $"one of {List([.. group])}", "Give one");
        foreach (var group in schema.Needs.Where(group => Has(value, group[0]) && !group.All(name => Has(value, name))))
        {
            var together = $"{group[0]} together with {List([.. group.Skip(1)])}";
            Report(BreachKind.Conflict, $"has {Given(value, group)}", together, "Give them too");
        }
    }

    private static string Given(JsonElement value, IReadOnlyList<string> group)
    {
        List<string> given = [.. group.Where(name => Has(value, name))];
        return given.Count == 0 ? $"none of {List([.. group])}" : string.Join(" and ", given);
    }

    private void CheckMap(JsonElement value, Schema schema)
    {
        CheckCount(value.GetPropertyCount(), schema, "entries");
        foreach (var entry in value.EnumerateObject())
        {
            Enter(entry.Name);
            if (schema.Names?.Accepts(entry.Name) == false)
                Report(BreachKind.Value, "is no key for it", $"keys of the form {schema.Names.Text}", "Give it another key");
            Check(entry.Value, schema.Element!);
            Leave();
        }
    }

    private void CheckList(JsonElement value, Schema schema)
    {
        CheckCount(value.GetArrayLength(), schema, "elements");
        var known = schema.IsSet || schema.Keys.Count > 0 ? new HashSet<string>(StringComparer.Ordinal) : null;
        var at = 0;
        foreach (var element in value.EnumerateArray())
        {
            Enter(at++);
            if (known is not null && Identity(element, schema) is { } identity && !known.Add(identity))
                Report(BreachKind.Value, $"repeats {Short(identity)}", "elements that differ in it", "Leave one of them out");
            Check(element, schema.Element!);
            Leave();
        }
    }

    private static string? Identity(JsonElement element, Schema schema)
    {
        if (schema.IsSet) return Unknown.Is(element) ? null : element.GetRawText();
        if (element.ValueKind != JsonValueKind.Object) return null;
        var values = schema.Keys
            .Select(key => element.TryGetProperty(key, out var value) && !Unknown.Is(value) ? value.GetRawText() : null)
            .ToList();
        return values.Contains(null) ? null : string.Join(", ", values);
    }

    private void CheckCount(int count, Schema schema, string what)
    {
        if (count > schema.Longest) Report(BreachKind.Value, $"has {count} {what}", $"at most {schema.Longest}", "Give it fewer");
        if (count < schema.Shortest) Report(BreachKind.Value, $"has {count} {what}", $"at least {schema.Shortest}", "Give it more");
    }

    private void CheckText(string text, Schema schema)
    {
        if (schema.Values.Count > 0 && !schema.Values.Contains(text))
        {
            var values = $"{List([.. schema.Values])}.{Spelling.Suggestion(text, schema.Values)}";
            Report(BreachKind.Value, $"is '{Short(text)}'", values, "Choose one of them");
        }

        if (text.Length > schema.Longest)
            Report(BreachKind.Value, $"is '{Short(text)}', of {text.Length} characters", $"at most {schema.Longest}", "Shorten it");
        if (text.Length < schema.Shortest)
            Report(BreachKind.Value, $"is '{text}', of {text.Length} characters", $"at least {schema.Shortest}", "Lengthen it");
        if (schema.Pattern?.Accepts(text) == false)
            Report(BreachKind.Value, $"is '{Short(text)}'", $"texts of the form {schema.Pattern.Text}", "Give it that form");
    }

    private void CheckNumber(decimal number, Schema schema)
    {
        if (number > schema.Most) Report(BreachKind.Value, $"is {Text(number)}", $"at most {Text(schema.Most.Value)}", "Lower it");
        if (number < schema.Least) Report(BreachKind.Value, $"is {Text(number)}", $"at least {Text(schema.Least.Value)}", "Raise it");
        if (schema.Values.Count > 0 && !schema.Values.Contains(Text(number)))
            Report(BreachKind.Value, $"is {Text(number)}", List([.. schema.Values]), "Choose one of them");
    }
}

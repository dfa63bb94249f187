using System.Globalization;
using System.Text.Json;

namespace Infra.Changes;

/// <summary>A value that is not the same on both sides; an element that has no value stands for nothing.</summary>
/// <param name="Path">Where.</param>
/// <param name="From">What it was.</param>
/// <param name="To">What it becomes.</param>
internal readonly record struct ChangedValue(string Path, JsonElement From, JsonElement To)
{
    /// <summary>The path without what is inside of JSON text.</summary>
    public string InputPath => Path.IndexOf('#', StringComparison.Ordinal) is var end and >= 0 ? Path[..end] : Path;

    /// <summary>Whether one of the two is, or holds, a secret.</summary>
    public bool IsSecret => HoldsSecret(From) || HoldsSecret(To);

    /// <summary>The same change, told of something that the value belongs to.</summary>
    public ChangedValue Of(string owner) => this with { Path = $"({owner}).{Path}" };

    private static bool HoldsSecret(JsonElement element) =>
        element.ValueKind != JsonValueKind.Undefined && element.GetRawText().Contains("[secret", StringComparison.Ordinal);
}

/// <summary>Finds what differs between two objects of a plan.</summary>
internal static class InputComparison
{
    /// <summary>The values that differ, where they stand deepest: an object that is new is one value for each of its own.</summary>
    public static IReadOnlyList<ChangedValue> Of(JsonElement from, JsonElement to)
    {
        var changes = new List<ChangedValue>();
        Compare("", from, to, changes);
        return changes;
    }

    private static void Compare(string path, JsonElement from, JsonElement to, List<ChangedValue> changes)
    {
        var isOnBoth = from.ValueKind != JsonValueKind.Undefined && to.ValueKind != JsonValueKind.Undefined;
        if (isOnBoth && JsonElement.DeepEquals(from, to)) return;
        if (Either(from, to, JsonValueKind.Object))
        {
            var before = changes.Count;
            foreach (var name in Names(from).Union(Names(to)))
                Compare(path.Length == 0 ? name : $"{path}.{name}", Member(from, name), Member(to, name), changes);
            if (changes.Count > before) return;
        }
        else if (Either(from, to, JsonValueKind.Array))
        {
            var before = changes.Count;
            for (var index = 0; index < Math.Max(Length(from), Length(to)); index++)
                Compare(string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), Item(from, index), Item(to, index), changes);
            if (changes.Count > before) return;
        }
        else if (InText(from) is { } fromText && InText(to) is { } toText)
        {
            Compare(path + "#", fromText, toText, changes);
            return;
        }

        changes.Add(new(path, from, to));
    }

    // Where one side has none, what the other one has is compared with nothing, value by value.
    private static bool Either(JsonElement from, JsonElement to, JsonValueKind kind) =>
        (from.ValueKind == kind || to.ValueKind == kind)
        && (from.ValueKind == kind || from.ValueKind == JsonValueKind.Undefined)
        && (to.ValueKind == kind || to.ValueKind == JsonValueKind.Undefined);

    private static IEnumerable<string> Names(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(property => property.Name) : [];

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static int Length(JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.GetArrayLength() : 0;

    private static JsonElement Item(JsonElement element, int index) => index < Length(element) ? element[index] : default;

    private static JsonElement? InText(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String || element.GetString() is not ['{' or '[', ..] text) return null;
        try
        {
            return JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } inner ? inner : null;
        }
        catch (JsonException)
        {
            return null; // A placeholder, or text that only looks like JSON.
        }
    }
}

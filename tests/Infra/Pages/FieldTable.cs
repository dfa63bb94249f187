using System.Reflection;
using System.Text.Json;

namespace Infra.Tests.Pages;

/// <summary>
/// The fields of a JSON document: which there are says the document, what they mean say the properties that it is written from.
/// </summary>
internal static class FieldTable
{
    /// <summary>The table.</summary>
    /// <param name="document">A document.</param>
    /// <param name="source">The class that it is written from.</param>
    public static string Markdown(JsonElement document, Type source) =>
        MarkedText.Table(["Field", "Type", "Meaning"], Rows(document, source, ""));

    private static IEnumerable<IReadOnlyList<string>> Rows(JsonElement element, Type source, string prefix)
    {
        foreach (var field in element.EnumerateObject())
        {
            var property = source.GetProperty(
                char.ToUpperInvariant(field.Name[0]) + field.Name[1..],
                BindingFlags.Public | BindingFlags.Instance)
                ?? throw new InvalidOperationException($"{source.Name} has no property for the field {prefix}{field.Name}.");
            yield return [$"`{prefix}{field.Name}`", TypeName(field.Value, property), CodeComments.Of(property)];

            var item = property.PropertyType.GenericTypeArguments is [{ IsClass: true } only] && only != typeof(string) ? only : null;
            if (item is null || field.Value.ValueKind != JsonValueKind.Array) continue;
            foreach (var row in Rows(Longest(field.Value), item, $"{prefix}{field.Name}[].")) yield return row;
        }
    }

    // Lists inside lists are empty in some elements.
    private static JsonElement Longest(JsonElement list) => list.EnumerateArray().MaxBy(element => element.GetRawText().Length);

    private static string TypeName(JsonElement value, PropertyInfo property)
    {
        var type = value.ValueKind switch
        {
            JsonValueKind.Array => "list",
            JsonValueKind.Object => "object",
            JsonValueKind.True or JsonValueKind.False => "true or false",
            JsonValueKind.Number => "number",
            _ => "text",
        };
        return new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable ? $"{type} or null" : type;
    }
}

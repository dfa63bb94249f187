using System.Text.Json;
using Infra.Facts;

namespace Infra.Plans;

/// <summary>Which product of a cloud a size became.</summary>
internal static class PlannedSizes
{
    /// <summary>
    /// The product of a component: that of the resource that is called as the component is, or of the first one that has any; null where
    /// none has.
    /// </summary>
    /// <param name="component">The component's name.</param>
    /// <param name="resources">Its resources.</param>
    public static string? Of(string component, IEnumerable<PlannedResource> resources) => resources
        .OrderBy(resource => resource.Name != component)
        .Select(Of)
        .FirstOrDefault(product => product is not null);

    /// <summary>The product that a resource is, such as <c>db.m7g.xlarge</c>; null where nothing is known of its size.</summary>
    public static string? Of(PlannedResource resource)
    {
        var sizes = FactTables.Of(resource.Type)?.Sizes ?? [];
        var texts = sizes.SelectMany(path => Texts(resource.Inputs, path.Split('.'))).ToList();
        return texts.Count == 0 ? null : string.Join(' ', texts);
    }

    // Of a list, its first element says it.
    private static IEnumerable<string> Texts(JsonElement element, ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            var isList = step.EndsWith("[]", StringComparison.Ordinal);
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(isList ? step[..^2] : step, out element)) return [];
            if (!isList) continue;
            if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() == 0) return [];
            element = element[0];
        }

        return element.ValueKind == JsonValueKind.Object
            ? [.. element.EnumerateObject().Select(property => property.Value.ToString())]
            : [element.ToString()];
    }
}

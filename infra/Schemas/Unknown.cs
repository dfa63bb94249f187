using System.Text.Json;

namespace Infra.Schemas;

/// <summary>What a plan knows too late to look at: values that hold an output of a resource, and secrets.</summary>
internal static class Unknown
{
    /// <summary>Whether a value is one.</summary>
    public static bool Is(JsonElement value) => value.ValueKind == JsonValueKind.String && Is(value.GetString()!);

    /// <summary>Whether a text is one.</summary>
    public static bool Is(string text) =>
        text.Contains('{', StringComparison.Ordinal) || text.StartsWith("[secret", StringComparison.Ordinal);
}

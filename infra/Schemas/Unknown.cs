using System.Runtime.InteropServices;
using System.Text.Json;

namespace Infra.Schemas;

/// <summary>What a plan knows too late to look at: values that hold an output of a resource, and secrets.</summary>
internal static class Unknown
{
    /// <summary>Whether a value is one.</summary>
    public static bool Is(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return false;
        // Between its quotation marks as it is written, unless something in it is written as an escape.
        var written = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        return written.Contains((byte)'\\')
            ? Is(value.GetString()!)
            : written.Contains((byte)'{') || written.StartsWith("[secret"u8);
    }

    /// <summary>Whether a text is one.</summary>
    public static bool Is(string text) =>
        text.Contains('{', StringComparison.Ordinal) || text.StartsWith("[secret", StringComparison.Ordinal);
}

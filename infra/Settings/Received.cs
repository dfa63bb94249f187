using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Infra.Settings;

/// <summary>Values as messages repeat them: so that their author knows them again, and no longer than that takes.</summary>
internal static class Received
{
    private const int MaximumLength = 120;

    /// <summary>A value in words.</summary>
    public static string Of(JsonNode? node) => node switch
    {
        null => "empty",
        JsonObject => "a map",
        JsonArray => "a list",
        _ when node.GetValueKind() == JsonValueKind.String => node.ToString() is { Length: > 0 } text ? Quoted(text) : "empty",
        _ => Cut(node.ToJsonString()),
    };

    /// <summary>A text in quotes.</summary>
    public static string Quoted(string text) => Cut($"'{text}'");

    /// <summary>A text of which only the beginning is shown where it is long.</summary>
    public static string Cut(string text) => text.Length <= MaximumLength
        ? text
        : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, MaximumLength)}… ({text.Length} characters)");
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Infra.Components.Clouds.Aws;

/// <summary>
/// How documents for AWS are written: readable in a plan. They are made of nodes, because a plan spends a tenth of its time on serialising
/// classes.
/// </summary>
internal static class AwsJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A document as text.</summary>
    public static string Text(JsonNode document) => document.ToJsonString(Options);

    /// <summary>A list of texts.</summary>
    public static JsonArray List(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];

    /// <summary>An object of texts, in the order given.</summary>
    public static JsonObject Map(IEnumerable<string> keys, IEnumerable<string> values)
    {
        var map = new JsonObject();
        foreach (var (key, value) in keys.Zip(values)) map[key] = value;
        return map;
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Tests.Testing;
using Xunit;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Infra.Tests.Settings;

/// <summary>
/// What the Pulumi engine hands to the program for a stack file, told from the engine's source and not by the program's own reader: values
/// as gopkg.in/yaml.v3 resolves them, maps and lists as JSON text, and the defaults of <c>Pulumi.yaml</c> for what the file leaves out.
/// </summary>
/// <remarks>
/// pulumi/pulumi, November 2026: <c>sdk/go/common/workspace/loaders.go</c>, <c>sdk/go/common/resource/config/object.go</c> and
/// <c>pkg/workspace/config.go</c>.
/// </remarks>
internal static class EngineReading
{
    /// <summary>The texts of <c>PULUMI_CONFIG</c> and <c>PULUMI_CONFIG_SECRET_KEYS</c>; fails where the engine refuses the file.</summary>
    public static (string Configuration, string SecretKeys) Of(string stackFile)
    {
        var config = (YamlMappingNode)Map(Load(stackFile))["config"];
        var values = Map(config).ToDictionary(
            entry => entry.Key.Contains(':', StringComparison.Ordinal) ? entry.Key : $"infra:{entry.Key}",
            entry => Value(entry.Value));
        foreach (var (key, declared) in Map(Map(Load(File.ReadAllText(Path.Combine(Repository.Root, "Pulumi.yaml"))))["config"]))
        {
            var declaration = Map(declared);
            var fullKey = $"infra:{key}";
            if (!values.TryGetValue(fullKey, out var value))
            {
                Assert.True(declaration.TryGetValue("default", out var otherwise), $"Stack is missing configuration value '{key}'");
                value = Value(otherwise!);
                values.Add(fullKey, value);
            }

            Assert.True(
                declaration["type"].ToString() switch
                {
                    "string" => value is JsonValue,
                    "object" => value is JsonObject,
                    "array" => value is JsonArray,
                    _ => false,
                },
                $"Stack with configuration key '{key}' must be of type '{declaration["type"]}'");
        }

        var secrets = values.Where(entry => HoldsSecret(entry.Value)).Select(entry => entry.Key);
        var texts = values.ToDictionary(entry => entry.Key, entry => Text(Decrypted(entry.Value)));
        return (JsonSerializer.Serialize(texts), JsonSerializer.Serialize(secrets));
    }

    // What stands for a secret becomes its value, which is a text whatever it looks like; here the cipher does nothing.
    private static JsonNode? Decrypted(JsonNode? value) => value switch
    {
        JsonObject { Count: 1 } map when map["secure"] is JsonValue secret => secret.ToString(),
        JsonObject map => new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, Decrypted(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Decrypted)]),
        _ => value?.DeepClone(),
    };

    private static string Text(JsonNode? value) =>
        value is JsonValue single && single.GetValueKind() == JsonValueKind.String ? single.ToString() : value?.ToJsonString() ?? "null";

    private static bool HoldsSecret(JsonNode? value) => value switch
    {
        JsonObject { Count: 1 } map when map["secure"] is JsonValue => true,
        JsonObject map => map.Any(entry => HoldsSecret(entry.Value)),
        JsonArray list => list.Any(HoldsSecret),
        _ => false,
    };

    private static YamlNode Load(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents[0].RootNode;
    }

    private static Dictionary<string, YamlNode> Map(YamlNode node)
    {
        var entries = new Dictionary<string, YamlNode>();
        foreach (var (key, value) in ((YamlMappingNode)node).Children)
        {
            if (key is not YamlScalarNode { Style: ScalarStyle.Plain, Value: "<<" }) entries[Text(Value(key))] = value;
        }

        foreach (var (key, value) in ((YamlMappingNode)node).Children)
        {
            if (key is not YamlScalarNode { Style: ScalarStyle.Plain, Value: "<<" }) continue;
            foreach (var map in value is YamlSequenceNode several ? several.Children : [value])
            {
                foreach (var (name, merged) in Map(map)) entries.TryAdd(name, merged);
            }
        }

        return entries;
    }

    private static JsonNode? Value(YamlNode node) => node switch
    {
        YamlMappingNode => new JsonObject(Map(node).Select(entry => KeyValuePair.Create(entry.Key, Value(entry.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Value)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: { } plain } scalar when scalar.Tag.IsEmpty => Resolved(plain),
        _ => JsonValue.Create(node.ToString()),
    };

    // The order of resolve.go: names, points in time, whole numbers, fractions, texts.
    private static JsonNode? Resolved(string text)
    {
        if (text is "" or "~" or "null" or "Null" or "NULL") return null;
        if (text is "true" or "True" or "TRUE") return true;
        if (text is "false" or "False" or "FALSE") return false;
        if (text[0] is not ('+' or '-' or '.') && !char.IsAsciiDigit(text[0])) return text;
        if (text.Length >= 8
            && text[4] == '-'
            && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " +0000 UTC";
        }

        var digits = text.Replace("_", "", StringComparison.Ordinal);
        if (long.TryParse(digits, CultureInfo.InvariantCulture, out var whole) && (digits.Length == 1 || digits[0] != '0')) return whole;
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : text;
    }
}

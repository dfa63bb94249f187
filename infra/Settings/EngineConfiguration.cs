using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Settings;

/// <summary>Reads the configuration that the Pulumi engine hands to the program.</summary>
internal static class EngineConfiguration
{
    private const string SecretsKey = $"{SettingKeys.Namespace}:{SettingKeys.Secrets}";

    /// <summary>The configuration as a tree; null, with a finding, where it cannot be read. Decrypted values do not enter it.</summary>
    /// <param name="configuration"><c>PULUMI_CONFIG</c>: an object of texts, in which maps are JSON themselves.</param>
    /// <param name="secretKeys"><c>PULUMI_CONFIG_SECRET_KEYS</c>: the keys that are, or contain, a secret.</param>
    /// <param name="findings">Where findings go.</param>
    public static JsonObject? Read(string? configuration, string? secretKeys, Findings findings)
    {
        try
        {
            var secrets = (JsonSerializer.Deserialize<string?[]>(Or(secretKeys, "[]")) ?? [])
                .OfType<string>()
                .Select(ConfigurationTree.FullKey)
                .ToHashSet();
            var tree = new JsonObject();
            using var document = JsonDocument.Parse(Or(configuration, "{}"));
            foreach (var property in document.RootElement.EnumerateObject())
            {
                var key = ConfigurationTree.FullKey(property.Name);
                JsonNode? value = !secrets.Contains(key) ? property.Value.ToString()
                    : key == SecretsKey && ParseMap(property.Value) is { } given ? Masked(given)
                    : ConfigurationTree.Secret;
                ConfigurationTree.Add(tree, property.Name, value, "the configuration", findings);
            }

            return tree;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            findings.Report(
                SettingRules.File,
                null,
                "PULUMI_CONFIG or PULUMI_CONFIG_SECRET_KEYS is not what Pulumi sets; allowed: "
                + "a JSON object of texts, and a JSON list of keys. Start the program with the pulumi command.");
            return null;
        }
    }

    /// <summary>
    /// The same secrets with the values that the engine decrypted, for the real run and nobody else; one that it did not is a finding.
    /// </summary>
    /// <param name="sources">Where the stack's secrets come from.</param>
    /// <param name="configuration"><c>PULUMI_CONFIG</c>, which could be read.</param>
    /// <param name="secretKeys"><c>PULUMI_CONFIG_SECRET_KEYS</c>.</param>
    /// <param name="findings">Where findings go.</param>
    public static IReadOnlyDictionary<string, SecretSource> Reveal(
        IReadOnlyDictionary<string, SecretSource> sources,
        string? configuration,
        string? secretKeys,
        Findings findings)
    {
        if (!sources.Values.OfType<GivenSecret>().Any()) return sources;
        var held = Held(configuration, secretKeys);
        var revealed = new Dictionary<string, SecretSource>();
        foreach (var (name, source) in sources)
        {
            if (source is not GivenSecret)
            {
                revealed.Add(name, source);
            }
            else if (held?[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0)
            {
                revealed.Add(name, new GivenSecret(text));
            }
            else
            {
                findings.Report(
                    SettingRules.PlainSecret,
                    null,
                    $"{SecretsKey}.{name} has no encrypted value, or an empty one; allowed: an encrypted text. Set it again with "
                    + $"\"pulumi config set --secret --path '{SecretsKey}.{name}'\".");
            }
        }

        return revealed;
    }

    private static JsonObject? Held(string? configuration, string? secretKeys)
    {
        var keys = JsonSerializer.Deserialize<string?[]>(Or(secretKeys, "[]")) ?? [];
        if (!keys.OfType<string>().Any(key => ConfigurationTree.FullKey(key) == SecretsKey)) return null;
        using var document = JsonDocument.Parse(Or(configuration, "{}"));
        return document.RootElement.EnumerateObject()
            .Where(property => ConfigurationTree.FullKey(property.Name) == SecretsKey)
            .Select(property => ParseMap(property.Value))
            .FirstOrDefault();
    }

    // The engine hands a map over as JSON in which every secret is decrypted: a text, where a reference is a map.
    private static JsonObject? ParseMap(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? JsonNode.Parse(value.GetString()!) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject Masked(JsonObject given)
    {
        var masked = new JsonObject();
        foreach (var (name, value) in given) masked[name] = value is JsonValue ? ConfigurationTree.Secret : value?.DeepClone();
        return masked;
    }

    private static string Or(string? text, string otherwise) => string.IsNullOrEmpty(text) ? otherwise : text;
}

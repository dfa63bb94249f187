using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Components.Checks;

namespace Infra.Settings;

/// <summary>Reads the configuration that the Pulumi engine hands to the program.</summary>
internal static class EngineConfiguration
{
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
                var value = secrets.Contains(ConfigurationTree.FullKey(property.Name))
                    ? ConfigurationTree.Secret
                    : property.Value.ToString();
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

    private static string Or(string? text, string otherwise) => string.IsNullOrEmpty(text) ? otherwise : text;
}

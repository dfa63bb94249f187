using System.Text.Json.Nodes;
using Infra.Components.Checks;

namespace Infra.Settings;

/// <summary>
/// A stack's configuration as one tree, wherever it was read: full keys (<c>infra:cloud</c>) with a text, a map or nothing each, as the
/// engine hands them to a program. Encrypted values are not in it, only the fact that something is encrypted.
/// </summary>
internal static class ConfigurationTree
{
    /// <summary>Stands for an encrypted value, whatever it is.</summary>
    public const string Secret = "[secret]";

    /// <summary>Whether a value is encrypted.</summary>
    public static bool IsSecret(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text == Secret;

    /// <summary>
    /// The full form of a key: one without a namespace belongs to the project, and the long form of old engines is shortened.
    /// </summary>
    public static string FullKey(string key)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return $"{SettingKeys.Namespace}:{key}";
        const string LongForm = "config:";
        return key.AsSpan(colon + 1).StartsWith(LongForm, StringComparison.Ordinal) ? key.Remove(colon + 1, LongForm.Length) : key;
    }

    /// <summary>Adds a key once; a second one is an error.</summary>
    public static void Add(JsonObject tree, string key, JsonNode? value, string source, Findings findings)
    {
        var fullKey = FullKey(key);
        if (tree.ContainsKey(fullKey))
            findings.Report(SettingRules.Duplicate, null, $"{source} sets {fullKey} twice; allowed: once. Remove one of them.");
        else
            tree[fullKey] = value;
    }
}

using System.Text.RegularExpressions;
using Pulumi;

namespace Infra.Components.Clouds.Gcp;

/// <summary>
/// Labels as Google Cloud accepts them: keys and values of lower-case letters, digits, hyphens and underscores, at most 63 characters
/// (Google Cloud documentation: requirements for labels). An owner's mail address therefore loses its dots and its at sign.
/// </summary>
internal static partial class GcpLabels
{
    private const int Limit = 63;

    /// <summary>Tags as labels.</summary>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> tags) =>
        new SortedDictionary<string, string>(tags.ToDictionary(tag => tag.Key, tag => Value(tag.Value)), StringComparer.Ordinal);

    /// <summary>Labels as the argument of a resource.</summary>
    public static InputMap<string> Input(this IReadOnlyDictionary<string, string> labels)
    {
        var map = new InputMap<string>();
        foreach (var (key, value) in labels) map.Add(key, value);
        return map;
    }

    private static string Value(string text)
    {
        var value = Forbidden().Replace(text.ToLowerInvariant(), "-");
        return value.Length <= Limit ? value : value[..Limit];
    }

    [GeneratedRegex("[^a-z0-9_-]")]
    private static partial Regex Forbidden();
}

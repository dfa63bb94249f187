using Pulumi;

namespace Infra.Components.Clouds.Aws;

/// <summary>Tags as resources take them.</summary>
internal static class AwsTags
{
    /// <summary>The tags as they are.</summary>
    public static InputMap<string> AsInput(this IReadOnlyDictionary<string, string> tags) => tags.ToDictionary();

    /// <summary>The tags with a name, for what has no name of its own in the console.</summary>
    public static InputMap<string> Named(this IReadOnlyDictionary<string, string> tags, string name) =>
        new Dictionary<string, string>(tags) { ["Name"] = $"{tags["stack"]}-{name}" };
}

using Pulumi;

namespace Infra.Components.Clouds.Scaleway;

/// <summary>Tags as resources take them.</summary>
internal static class ScalewayTags
{
    /// <summary>A text per tag: Scaleway's tags have no keys, except those of buckets.</summary>
    public static InputList<string> AsTexts(this IReadOnlyDictionary<string, string> tags) =>
        tags.Select(tag => $"{tag.Key}={tag.Value}").ToList();

    /// <summary>The tags as they are, for buckets.</summary>
    public static InputMap<string> AsMap(this IReadOnlyDictionary<string, string> tags) => tags.ToDictionary();

    /// <summary>The tags in one text, for what has a description only.</summary>
    public static string AsText(this IReadOnlyDictionary<string, string> tags) =>
        string.Join(' ', tags.Select(tag => $"{tag.Key}={tag.Value}"));
}

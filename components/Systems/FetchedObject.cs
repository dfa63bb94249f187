namespace Infra.Components.Systems;

/// <summary>An object of a bucket that a container finds as a file.</summary>
/// <param name="Bucket">The bucket, to which the container is linked.</param>
/// <param name="Key">The object's key, of letters, digits, dots, underscores, hyphens and slashes.</param>
internal sealed record FetchedObject(Component Bucket, string Key)
{
    /// <summary>The directory that stands for the bucket.</summary>
    public const string Directory = "/fetched";

    /// <summary>The ending of a file beside it that says why there is none.</summary>
    public const string ProblemEnding = ".problem";

    /// <summary>The file.</summary>
    public string Path => $"{Directory}/{Key}";
}

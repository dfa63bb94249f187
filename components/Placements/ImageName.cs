namespace Infra.Components.Placements;

/// <summary>References of container images.</summary>
public static class ImageName
{
    /// <summary>
    /// Whether a reference names its registry: its first segment is a host. Without one it lies in the stack's own registry.
    /// </summary>
    public static bool HasRegistry(string image)
    {
        var slash = image.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && image.AsSpan(0, slash) is var host && (host.ContainsAny('.', ':') || host is "localhost");
    }

    /// <summary>
    /// Whether a reference means another image once one is pushed: it has no digest, and its tag is a word such as <c>main</c> or
    /// <c>latest</c>, or missing.
    /// </summary>
    public static bool Moves(string image)
    {
        if (image.Contains('@', StringComparison.Ordinal)) return false;
        var name = image[(image.LastIndexOf('/') + 1)..];
        var tag = name.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? name[(colon + 1)..] : "";
        return !tag.Any(char.IsAsciiDigit);
    }
}

namespace Infra.Components.Placements;

/// <summary>References of container images.</summary>
public static class ImageName
{
    /// <summary>
    /// Whether a reference names its registry: its first segment is a host. Without one it lies in the stack's own registry.
    /// </summary>
    public static bool HasRegistry(string image) => RegistryOf(image) is not null;

    /// <summary>The host of a reference's registry; null where it names none.</summary>
    public static string? RegistryOf(string image)
    {
        var slash = image.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0) return null;
        var host = image[..slash];
        return host.AsSpan().ContainsAny('.', ':') || host == "localhost" ? host : null;
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

    /// <summary>
    /// Whether a reference reads like one of Docker Hub, which tools add where no host is named: the stack's own repositories have no path.
    /// </summary>
    public static bool LooksLikeDockerHub(string image) => !HasRegistry(image) && image.Contains('/', StringComparison.Ordinal);
}

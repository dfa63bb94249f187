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
}

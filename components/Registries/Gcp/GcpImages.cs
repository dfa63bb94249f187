using Infra.Components.Clouds.Gcp;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Registries.Gcp;

/// <summary>
/// Where Cloud Run finds images. It pulls from Artifact Registry and Docker Hub only; images of other registries come through a repository
/// of Artifact Registry that fetches them when they are asked for.
/// </summary>
internal static class GcpImages
{
    /// <summary>The host of an image's registry where Cloud Run cannot pull from it, or not as who may; null otherwise.</summary>
    public static string? ForeignRegistry(string image, StackSettings settings)
    {
        if (ImageName.RegistryOf(image) is not { } host) return null;
        return host is "docker.io" ? settings.Registries.ContainsKey(host) ? host : null
            : host is "gcr.io"
            || host.EndsWith(".gcr.io", StringComparison.Ordinal)
            || host.EndsWith("-docker.pkg.dev", StringComparison.Ordinal) ? null : host;
    }

    /// <summary>The foreign registries of everything that runs on Google Cloud.</summary>
    public static IEnumerable<string> ForeignRegistries(Blueprint blueprint) => blueprint.On<Consumer>(Cloud.Gcp)
        .SelectMany(blueprint.Settings.ImagesOf)
        .Select(image => ForeignRegistry(image.Image, blueprint.Settings))
        .OfType<string>()
        .Distinct()
        .Order(StringComparer.Ordinal);

    /// <summary>The full reference by which Cloud Run pulls an image.</summary>
    /// <param name="image">The reference in the stack file.</param>
    /// <param name="settings">The stack's settings.</param>
    /// <param name="registry">The system's own registry; null without one.</param>
    /// <param name="mirrors">What stands before the path of images of foreign registries, by host.</param>
    public static Output<string> Reference(
        string image,
        StackSettings settings,
        GcpContainerRegistry? registry,
        IReadOnlyDictionary<string, Output<string>> mirrors)
    {
        if (!ImageName.HasRegistry(image)) return Output.Format($"{registry!.Prefix}/{image}");
        return ForeignRegistry(image, settings) is { } host
            ? Output.Format($"{mirrors[host]}/{image[(host.Length + 1)..]}")
            : Output.Create(image);
    }

    /// <summary>The id of the repository that fetches from a registry.</summary>
    public static string MirrorId(string stack, string host) => $"{stack}-{GcpNames.Fingerprint(host)}";
}

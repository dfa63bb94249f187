using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Components.Services;

/// <summary>Images of registries for which a cloud is given no credentials.</summary>
internal static class ImageCredentials
{
    private static readonly Rule Public = Rule.Info("image-credentials", "Images of other registries can be pulled by anyone");

    /// <summary>Says of an image that lies elsewhere than in the stack's own registry that anyone must be able to pull it.</summary>
    /// <param name="consumer">The service or job.</param>
    /// <param name="checks">Where findings go.</param>
    /// <param name="runtime">What pulls it.</param>
    /// <param name="isForeign">Whether an image lies where the runtime has no credentials by itself.</param>
    public static void Check(Consumer consumer, CloudChecks checks, string runtime, Func<string, bool> isForeign)
    {
        // What nobody declares runs public images.
        if (checks.Blueprint.Implied.Contains(consumer)) return;
        foreach (var (key, image) in checks.Settings.ImagesOf(consumer))
        {
            if (!isForeign(image) || ImageName.RegistryOf(image) is not { } host) continue;
            if (checks.Settings.Registries.ContainsKey(host)) continue;
            checks.Report(
                Public,
                consumer,
                $"infra:images.{key} lies in {host}, from which {runtime} pulls without credentials. Anyone must be able to pull it; of a "
                + $"private image, set infra:registries.{host}, or copy it to the stack's own registry.");
        }
    }
}

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
    public static void Check(Consumer consumer, CloudChecks checks, string runtime)
    {
        if (!checks.Settings.Images.TryGetValue(consumer.Name, out var image) || ImageName.RegistryOf(image) is not { } host) return;
        checks.Report(
            Public,
            consumer,
            $"infra:images.{consumer.Name} lies in {host}, from which {runtime} pulls without credentials. Anyone must be able to pull it; "
            + "copy a private image to the stack's own registry.");
    }
}

using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Placements;
using Infra.Components.Runtimes;
using Infra.Components.Systems;

namespace Infra.Components.Registries.Ovh;

/// <summary>
/// Registries on OVHcloud. One stands beside a cluster, where its region, or one near by in the same jurisdiction, has them.
/// </summary>
internal sealed class OvhRegistries()
    : FoundationProvision<OvhContext>(ContainerRegistryKind.Instance, new(Backing.Native, "OVHcloud Managed Private Registry"))
{
    private static readonly Rule Region = Rule.Error(
        "ovh-registry-region",
        "Images that name no registry lie in one of or near the region");
    private static readonly Rule Kept = Rule.Info("ovh-registry-retention", "Images are deleted when the registry's retention says so");

    private static readonly Gap Retention = new("image retention", "Retention is set in Harbor itself.") { Rule = Kept };
    private static readonly Gap PullOnly = new("pull-only key", "Its user may push as well as pull.");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [Retention, PullOnly];

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks)
    {
        if (checks.Model.Find<ContainerRegistry>() is not { } registry) return;
        var region = OvhPlace.Of(checks);
        if (region.Registry is not null)
        {
            if (checks.Needs(RuntimeKind.Instance)) CheckRetention(registry, checks);
            return;
        }

        var unnamed = checks.On<Consumer>()
            .Where(consumer => checks.Settings.ImagesOf(consumer).Any(image => !ImageName.HasRegistry(image.Image)))
            .Select(consumer => consumer.Name)
            .ToList();
        if (unnamed.Count == 0) return;
        checks.Report(
            Region,
            registry,
            $"The images of {string.Join(", ", unnamed)} name no registry, and OVHcloud has none in or near {region.Code}; allowed: "
            + $"{OvhRegions.Where(other => other.Registry is not null)}. Name another registry in infra:images, or change infra:location.");
    }

    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(OvhContext context)
    {
        if (context.Blueprint.Model.Find<ContainerRegistry>() is not { } declared || !context.Needs(RuntimeKind.Instance)) yield break;
        if (context.Region.Registry is null) yield break;
        var registry = new OvhContainerRegistry(declared, context);
        context.Cluster = context.Running with
        {
            Registry = registry.Prefix,
            PullSecrets = [.. context.Running.PullSecrets, registry.PullSecret],
        };
        yield return registry;
    }

    private static void CheckRetention(ContainerRegistry registry, CloudChecks checks) => checks.Report(
        Kept,
        registry,
        string.Create(
            CultureInfo.InvariantCulture,
            $"KeepImages is {registry.Args.KeepImages} and ExpireUntaggedDays is {registry.Args.ExpireUntaggedDays}, and retention is set "
            + $"in Harbor itself: without a rule there, it keeps every image. Set one in Harbor's project."));
}

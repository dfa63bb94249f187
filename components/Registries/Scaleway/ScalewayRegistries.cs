using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Systems;

namespace Infra.Components.Registries.Scaleway;

/// <summary>Registries on Scaleway. One stands where containers do: nothing else pulls from it.</summary>
internal sealed class ScalewayRegistries()
    : FoundationProvision<ScalewayContext>(ContainerRegistryKind.Instance, new(Backing.Native, "Scaleway Container Registry"))
{
    private static readonly Rule Kept = Rule.Info(
        "scaleway-registry-retention",
        "Images are deleted when the registry's retention says so");

    private static readonly Gap Retention = new("image retention", "Images are kept until someone deletes them.") { Rule = Kept };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [Retention];

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks)
    {
        if (checks.Model.Find<ContainerRegistry>() is not { } registry || !checks.On<Consumer>().Any()) return;
        checks.Report(
            Kept,
            registry,
            string.Create(
                CultureInfo.InvariantCulture,
                $"KeepImages is {registry.Args.KeepImages} and ExpireUntaggedDays is {registry.Args.ExpireUntaggedDays}, and Scaleway "
                + $"keeps images until someone deletes them. Delete old ones from time to time."));
    }

    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(ScalewayContext context)
    {
        if (context.Blueprint.Model.Find<ContainerRegistry>() is not { } declared || !context.On<Consumer>().Any()) yield break;
        var registry = new ScalewayContainerRegistry(declared, context.Running, context);
        context.Cluster = context.Running with
        {
            Registry = registry.Prefix,
            PullSecrets = [.. context.Running.PullSecrets, registry.PullSecret],
        };
        yield return registry;
    }
}

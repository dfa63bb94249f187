using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Runtimes.Gcp;

namespace Infra.Components.Registries.Gcp;

/// <summary>Where images are kept on Google Cloud.</summary>
internal sealed class GcpRegistries()
    : FoundationProvision<GcpContext>(ContainerRegistryKind.Instance, new(Backing.Native, "Artifact Registry")), IUsesApis
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Apis { get; } = ["artifactregistry"];

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        new("image retention", "Untagged images among the most recent ones are kept too."),
        new("immutable tags", "Tags can be moved: where they cannot, retention deletes no image that has one. Deploy by digest."),
    ];

    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(GcpContext context)
    {
        if (context.Needs(Kind) && context.Blueprint.Model.Find<ContainerRegistry>() is { } registry)
            yield return new GcpContainerRegistry(registry, context.Get<GcpRuntime>(), context);
    }
}

using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Pulumi;

namespace Infra.Components.Registries.Kubernetes;

/// <summary>A registry that exists outside this project: Kubernetes has none of its own. Retention is the registry's own affair.</summary>
internal sealed class KubernetesContainerRegistry : PlacedComponent, IContainerRegistry
{
    /// <summary>Refers to the registry.</summary>
    /// <param name="registry">The declared registry.</param>
    /// <param name="context">The stack's part on the cloud, whose cluster pulls from it.</param>
    public KubernetesContainerRegistry(ContainerRegistry registry, KubernetesContext context)
        : base(context.PlaceInCluster(registry))
    {
        Prefix = context.Running.Registry;
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Prefix { get; private set; }
}

using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Registries.Kubernetes;

/// <summary>A registry that exists outside this project: Kubernetes has none of its own. Retention is the registry's own affair.</summary>
internal sealed class KubernetesContainerRegistry : PlacedComponent, IContainerRegistry
{
    /// <summary>What provides it.</summary>
    public const string Product = "the registry that the stack file names";

    /// <summary>Refers to the registry.</summary>
    /// <param name="name">The component's name.</param>
    /// <param name="cluster">The cluster that pulls from it.</param>
    /// <param name="tags">The tags of its resources.</param>
    public KubernetesContainerRegistry(string name, ClusterContext cluster, IReadOnlyDictionary<string, string> tags)
        : base(cluster.Place(ComponentKind.ContainerRegistry, name, Backing.External, Product, tags))
    {
        Prefix = cluster.Registry;
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Prefix { get; private set; }
}

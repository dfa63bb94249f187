using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>
/// A stack's part on a cloud whose containers run in a Kubernetes cluster: one that is given, or one that the cloud makes. Stores may be
/// the cloud's own and stand beside the cluster, which knows them as targets of links.
/// </summary>
/// <param name="cloud">The cloud.</param>
/// <param name="blueprint">The stack's blueprint.</param>
/// <param name="provider">The cloud's one provider, explicit; the cluster's own where the cloud is a given cluster.</param>
/// <param name="progress">What all clouds of the stack share.</param>
internal abstract class KubernetesContext(ICloud cloud, Blueprint blueprint, ProviderResource provider, BuildProgress progress)
    : CloudContext<KubernetesGrantee>(cloud, blueprint, provider, progress)
{
    /// <summary>How the cloud provides each kind: some of it says what the cluster must have besides.</summary>
    public IReadOnlyList<IProvision> Provisions { get; } = cloud.Provisions;

    /// <summary>The cluster with what was built in it so far; null where nothing needs one.</summary>
    public ClusterContext? Cluster { get; set; }

    /// <summary>The cluster, where something needs one.</summary>
    public ClusterContext Running =>
        Cluster ?? throw new InvalidOperationException("A cluster is needed, and no provision says that it is needed beside it.");

    /// <summary>What a declared component is placed with whose resources lie in the cluster.</summary>
    public PlacedComponentArgs PlaceInCluster(Component declared) => Place(declared) with { Provider = Running.Provider };

    /// <summary>What is placed with, in the cluster, what follows from components.</summary>
    public PlacedComponentArgs PlaceInCluster(ComponentKind kind, string name, DataClass dataClass = DataClass.Internal) =>
        Place(kind, name, dataClass) with { Provider = Running.Provider };

    /// <summary>The cluster as the components in it see it, with nothing in it yet.</summary>
    /// <param name="clusterProvider">The cluster's explicit provider.</param>
    /// <param name="traits">What it can do.</param>
    public ClusterContext ClusterOf(ProviderResource clusterProvider, ClusterTraits traits) => new()
    {
        Cloud = Cloud,
        Provider = clusterProvider,
        Values = Values,
        Settings = Blueprint.Settings,
        Profile = Blueprint.Profile,
        Traits = traits,
    };
}

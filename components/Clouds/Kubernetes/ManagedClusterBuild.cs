using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Certificates;
using Infra.Components.Databases;
using Infra.Components.LoadBalancers;
using Infra.Components.Networks;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Relays;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>
/// A stack's part on a cloud whose containers run on a Kubernetes cluster that it manages. Stores and DNS are the cloud's own and stand beside the
/// cluster, which knows them as targets of links; everything that runs, the Kubernetes implementation builds.
/// </summary>
/// <param name="cloud">The cloud.</param>
/// <param name="blueprint">The blueprint.</param>
/// <param name="values">The providers of values.</param>
internal abstract class ManagedClusterBuild<TNetwork>(Cloud cloud, Blueprint blueprint, ValueProviders values) : ICloudBuild
    where TNetwork : PlacedComponent, IPrivateNetwork
{
    private TNetwork? _network;
    private ClusterBuild? _cluster;

    /// <inheritdoc/>
    public IReadOnlyList<Output<string>> EgressAddresses => _network is null ? [] : AddressesOf(_network);

    /// <summary>The blueprint.</summary>
    protected Blueprint Blueprint => blueprint;

    /// <summary>The network, which stands when something needs it.</summary>
    protected TNetwork Network => _network!;

    /// <summary>The cluster with what was built so far; null where nothing needs one.</summary>
    protected ClusterContext? Cluster => _cluster?.Cluster;

    /// <summary>Whether something needs the cluster.</summary>
    protected abstract bool NeedsCluster { get; }

    /// <inheritdoc/>
    public IEnumerable<PlacedComponent> BuildFoundation()
    {
        var needsCluster = NeedsCluster;
        if (!needsCluster && !blueprint.On<Component>(cloud).Any(component => component is ManagedDatabase or Cache)) yield break;

        var declared = blueprint.Model.Find<PrivateNetwork>()!;
        yield return _network = BuildNetwork(declared);
        if (!needsCluster) yield break;

        var (runtime, cluster) = BuildRuntime(declared);
        yield return runtime;
        _cluster = new ClusterBuild(blueprint, cluster);
        yield return _cluster.BuildNamespace(declared, Network.EgressAddresses, $"{declared.Name}-namespace");
        if (blueprint.Model.Find<ContainerRegistry>() is { } registry && BuildRegistry(registry, _cluster.Cluster) is { } built)
        {
            _cluster.PullFrom(built.Prefix, built.PullSecret);
            yield return built.Registry;
        }

        var edge = blueprint.On<Component>(cloud).Where(component => component is LoadBalancer or Certificate);
        foreach (var addon in _cluster.BuildAddons(ClusterBuild.Needs(edge, backups: false))) yield return addon;
        if (BuildIssuer(_cluster.Cluster) is { } issuer) yield return issuer;
        foreach (var identity in _cluster.BuildIdentities()) yield return identity;
    }

    /// <inheritdoc/>
    public PlacedComponent Build(Component component, IReadOnlyDictionary<Link, ForeignTarget> foreign) =>
        BuildBeside(component) ?? _cluster!.Build(component, foreign);

    /// <inheritdoc/>
    public (IReadOnlyDictionary<Link, ForeignTarget> Targets, PlacedComponent? Relay) Admit(IReadOnlyDictionary<Link, Origin> links)
    {
        if (links.Keys.All(link => link.Target is Bucket)) return OpenBuckets(links.Keys);
        var relay = _cluster!.BuildRelay(links);
        return (relay.Targets, relay);
    }

    /// <summary>The addresses from which consumers in a network reach the outside.</summary>
    protected abstract IReadOnlyList<Output<string>> AddressesOf(TNetwork network);

    /// <summary>Builds the network.</summary>
    protected abstract TNetwork BuildNetwork(PrivateNetwork declared);

    /// <summary>Builds the cluster, and says how it is reached and what it can do.</summary>
    protected abstract (PlacedComponent Runtime, ClusterContext Cluster) BuildRuntime(PrivateNetwork declared);

    /// <summary>Builds the registry, from which images without one come, and the secret to pull with; null where the cloud has none or nothing pulls.</summary>
    protected abstract (PlacedComponent Registry, Output<string> Prefix, Output<string> PullSecret)? BuildRegistry(ContainerRegistry declared, ClusterContext cluster);

    /// <summary>Builds what proves names by records in the cloud's own DNS; null where certificates are proven otherwise.</summary>
    protected abstract PlacedComponent? BuildIssuer(ClusterContext cluster);

    /// <summary>Builds what the cloud provides beside its cluster; null for everything else.</summary>
    protected abstract PlacedComponent? BuildBeside(Component component);

    /// <summary>Gives consumers on other clouds that use buckets only their keys: they need no way in.</summary>
    protected abstract (IReadOnlyDictionary<Link, ForeignTarget> Targets, PlacedComponent? Relay) OpenBuckets(IEnumerable<Link> links);

    /// <summary>The cluster as the components in it see it.</summary>
    /// <param name="provider">The cluster's provider.</param>
    /// <param name="traits">What it can do.</param>
    protected ClusterContext ClusterOf(ProviderResource provider, ClusterTraits traits) => new()
    {
        Cloud = cloud,
        Provider = provider,
        Values = values,
        Settings = blueprint.Settings,
        Profile = blueprint.Profile,
        Traits = traits,
    };

    /// <summary>Keeps what was built beside the cluster as the target of links.</summary>
    protected T Target<T>(Component component, T built)
        where T : PlacedComponent, ILinkTarget => _cluster is null ? built : _cluster.Target(component, built);

    /// <summary>The load balancer that was built in the cluster.</summary>
    protected ILoadBalancer BalancerOf(LoadBalancer balancer) => _cluster!.BalancerOf(balancer);
}

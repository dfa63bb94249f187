using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Buckets;
using Infra.Components.Buckets.Kubernetes;
using Infra.Components.Caches;
using Infra.Components.Caches.Kubernetes;
using Infra.Components.Certificates;
using Infra.Components.Certificates.Kubernetes;
using Infra.Components.Databases;
using Infra.Components.Databases.Kubernetes;
using Infra.Components.Dns;
using Infra.Components.Dns.Kubernetes;
using Infra.Components.Identities.Kubernetes;
using Infra.Components.Jobs;
using Infra.Components.Jobs.Kubernetes;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Networks.Kubernetes;
using Infra.Components.Placements;
using Infra.Components.Relays;
using Infra.Components.Relays.Kubernetes;
using Infra.Components.Services;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>
/// Builds components in a cluster, whoever made it, and keeps what was built in tables by class, so that concrete meets concrete.
/// </summary>
/// <param name="blueprint">The blueprint.</param>
/// <param name="cluster">The cluster; the namespace and the add-ons are added as they are built.</param>
internal sealed class ClusterBuild(Blueprint blueprint, ClusterContext cluster)
{
    private readonly Dictionary<Component, KubernetesServiceIdentity> _identities = [];
    private readonly Dictionary<Component, ILinkTarget> _targets = [];
    private readonly Dictionary<Component, KubernetesCertificate> _certificates = [];
    private readonly Dictionary<Component, KubernetesLoadBalancer> _balancers = [];
    private ClusterContext _cluster = cluster;

    /// <summary>The cluster, with what was built so far.</summary>
    public ClusterContext Cluster => _cluster;

    /// <summary>Builds the namespace.</summary>
    /// <param name="network">The declared network.</param>
    /// <param name="egressAddresses">The addresses from which the cluster's pods reach the outside.</param>
    /// <param name="name">What it is called where the declared network itself is something else; null for the network's name.</param>
    public KubernetesPrivateNetwork BuildNamespace(PrivateNetwork network, Output<string> egressAddresses, string? name = null)
    {
        var built = new KubernetesPrivateNetwork(name ?? network.Name, network.Args, _cluster, egressAddresses, Tags(network));
        _cluster = _cluster with { Namespace = built.Namespace };
        return built;
    }

    /// <summary>Makes images without a registry come from one that is only built once the namespace is.</summary>
    /// <param name="registry">What stands before an image's repository.</param>
    /// <param name="secret">The pull secret.</param>
    public void PullFrom(Output<string> registry, Output<string> secret) => _cluster = _cluster with { Registry = registry, ImagePullSecret = secret };

    /// <summary>Installs the add-ons that this stack owns, in the order in which they build on each other.</summary>
    /// <param name="needed">The add-ons that what stands in the cluster builds on.</param>
    public IEnumerable<KubernetesClusterAddon> BuildAddons(IReadOnlySet<Addon> needed)
    {
        var declared = blueprint.Model.Components.OfType<ClusterAddon>().DistinctBy(addon => addon.Args.Addon).ToDictionary(addon => addon.Args.Addon);
        foreach (var addon in Enum.GetValues<Addon>().Where(addon => (needed.Contains(addon) || declared.ContainsKey(addon)) && Owns(blueprint, _cluster.Cloud, addon)))
        {
            var component = declared.GetValueOrDefault(addon);
            var name = component?.Name ?? addon.Name();
            var engines = blueprint.On<ManagedDatabase>(_cluster.Cloud).Select(database => database.Args.Engine);
            var built = new KubernetesClusterAddon(
                name,
                addon,
                _cluster,

                // One that is declared serves other stacks too, whatever their engines.
                component is null ? [.. engines.Distinct()] : Enum.GetValues<DatabaseEngine>(),
                [.. blueprint.On<DnsZone>(_cluster.Cloud).Select(zone => zone.Args.Domain)],
                blueprint.Tags(name, component?.Args.DataClass ?? DataClass.Internal));
            _cluster = _cluster with { Addons = new Dictionary<Addon, KubernetesClusterAddon>(_cluster.Addons) { [addon] = built } };
            yield return built;
        }
    }

    /// <summary>Builds the service accounts of the consumers that run in the cluster.</summary>
    public IEnumerable<KubernetesServiceIdentity> BuildIdentities()
    {
        foreach (var consumer in blueprint.On<Consumer>(_cluster.Cloud))
        {
            var identity = new KubernetesServiceIdentity(consumer.Name, _cluster, Tags(consumer));
            _identities.Add(consumer, identity);
            if (consumer is ContainerService { Args.IsHttp: true } service) _targets.Add(service, new KubernetesServiceTarget(service, _cluster));
            yield return identity;
        }
    }

    /// <summary>Builds a component in the cluster.</summary>
    public PlacedComponent Build(Component component, IReadOnlyDictionary<Link, ForeignTarget> foreign) => component switch
    {
        DnsZone zone => new KubernetesDnsZone(zone.Name, zone.Args, _cluster, Tags(zone)),
        Certificate certificate => Keep(_certificates, certificate, new KubernetesCertificate(certificate.Name, certificate.Args, GatewaysOf(blueprint, certificate), _cluster, Tags(certificate))),
        Bucket bucket => Target(bucket, new KubernetesBucket(bucket.Name, bucket.Args, _cluster, Tags(bucket))),
        ManagedDatabase { Args.Engine: DatabaseEngine.PostgreSql } database => Target(database, new KubernetesPostgreSql(database.Name, database.Args, _cluster, Tags(database))),
        ManagedDatabase database => Target(database, new KubernetesMySql(database.Name, database.Args, _cluster, Tags(database))),
        Cache cache => Target(cache, new KubernetesCache(cache.Name, cache.Args, _cluster, Tags(cache))),
        LoadBalancer balancer => Keep(
            _balancers,
            balancer,
            new KubernetesLoadBalancer(balancer.Name, balancer.Args, _certificates[balancer.Args.Certificate].Reference, _cluster, Tags(balancer))),
        Job job => new KubernetesJob(job, _cluster, _identities[job], target => _targets[target], foreign, Tags(job)),
        ContainerService service => new KubernetesContainerService(service, _cluster, _identities[service], target => _targets[target], foreign, Tags(service)),
        DnsRecord record => new KubernetesDnsRecord(record.Name, record.Args, balancer => _balancers[balancer], _cluster, Tags(record)),
        _ => throw new ArgumentOutOfRangeException(nameof(component), component.Kind, "not a component that stands in a cluster"),
    };

    /// <summary>Keeps what was built as the target of links; a cloud does so for what it provides beside the cluster.</summary>
    public T Target<T>(Component component, T built)
        where T : PlacedComponent, ILinkTarget
    {
        _targets.Add(component, built);
        return built;
    }

    /// <summary>The load balancer that was built.</summary>
    public ILoadBalancer BalancerOf(LoadBalancer balancer) => _balancers[balancer];

    /// <summary>Builds the relay for links that come from other clouds.</summary>
    public KubernetesRelay BuildRelay(IReadOnlyDictionary<Link, Origin> links)
    {
        var targets = blueprint.Model.Components
            .Where(target => links.Keys.Any(link => link.Target == target) && _targets[target].Entrance is not null)
            .Select(target => new RelayedTarget(
                target.Name,
                _targets[target],
                RelayPorts.Of(blueprint.Model, target),
                target is not ContainerService,
                links.Where(link => link.Key.Target == target).ToDictionary(link => link.Key, link => link.Value)));
        var open = links.Keys.Where(link => _targets[link.Target].Entrance is null).ToDictionary(link => link, link => _targets[link.Target]);
        return new KubernetesRelay("relay", [.. targets], open, _cluster, blueprint.Tags("relay", DataClass.Internal));
    }

    /// <summary>Whether something that stands on a cloud runs in its cluster: containers, the edge, or a relay.</summary>
    public static bool IsNeeded(Blueprint blueprint, Cloud cloud) =>
        blueprint.On<Component>(cloud).Any(component => component is Consumer or LoadBalancer or Certificate)
        || blueprint.ForeignLinksTo(cloud).Any(link => link.Target is not Bucket);

    /// <summary>Whether this stack installs an add-on. A cluster that its cloud makes for the stack has no other owner.</summary>
    public static bool Owns(Blueprint blueprint, Cloud cloud, Addon addon) =>
        cloud != Cloud.Kubernetes || !blueprint.Settings.Addons.TryGetValue(addon.Name(), out var owner) || owner == blueprint.Settings.Stack;

    /// <summary>The load balancers that use a certificate.</summary>
    public static IReadOnlyList<string> GatewaysOf(Blueprint blueprint, Certificate certificate) =>
        [.. blueprint.Model.Components.OfType<LoadBalancer>().Where(balancer => balancer.Args.Certificate == certificate).Select(balancer => balancer.Name)];

    /// <summary>The add-ons that components of these kinds build on.</summary>
    /// <param name="components">The components that stand in the cluster.</param>
    /// <param name="backups">Whether databases are backed up; CloudNativePG's plugin has its certificates from cert-manager.</param>
    public static IReadOnlySet<Addon> Needs(IEnumerable<Component> components, bool backups) => components
        .SelectMany(component => component switch
        {
            LoadBalancer => [Addon.GatewayController],
            Certificate => [Addon.GatewayController, Addon.CertManager],
            ManagedDatabase { Args.Engine: DatabaseEngine.PostgreSql } when backups => [Addon.CertManager, Addon.DatabaseOperator],
            ManagedDatabase => [Addon.DatabaseOperator],
            Bucket => [Addon.ObjectStoreOperator],
            DnsRecord => [Addon.ExternalDns],
            _ => Array.Empty<Addon>(),
        })
        .ToHashSet();

    private static T Keep<T>(Dictionary<Component, T> table, Component component, T built)
        where T : PlacedComponent
    {
        table.Add(component, built);
        return built;
    }

    private IReadOnlyDictionary<string, string> Tags(Component component) => blueprint.Tags(component.Name, component.Arguments.DataClass);
}

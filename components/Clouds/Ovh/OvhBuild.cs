using System.Globalization;
using Infra.Components.Buckets;
using Infra.Components.Buckets.Ovh;
using Infra.Components.Caches;
using Infra.Components.Caches.Ovh;
using Infra.Components.Certificates;
using Infra.Components.Certificates.Ovh;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Databases;
using Infra.Components.Databases.Ovh;
using Infra.Components.Dns;
using Infra.Components.Dns.Ovh;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Ovh;
using Infra.Components.Networks;
using Infra.Components.Networks.Ovh;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Registries.Ovh;
using Infra.Components.Relays;
using Infra.Components.Relays.Ovh;
using Infra.Components.Runtimes.Ovh;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds.Ovh;

/// <summary>A stack's part on OVHcloud while it is built: stores and records by its own classes, everything that runs by the cluster's.</summary>
internal sealed class OvhBuild(Blueprint blueprint, ValueProviders values) : ICloudBuild
{
    private readonly Dictionary<Bucket, OvhBucket> _buckets = [];
    private OvhContext? _context;
    private OvhPrivateNetwork? _network;
    private ClusterBuild? _cluster;

    /// <inheritdoc/>
    public IReadOnlyList<Output<string>> EgressAddresses => _network is null ? [] : [_network.EgressAddresses];

    private OvhContext Context => _context!;

    private OvhPrivateNetwork Network => _network!;

    private ClusterBuild Cluster => _cluster!;

    /// <inheritdoc/>
    public IEnumerable<PlacedComponent> BuildFoundation()
    {
        _context = new OvhContext(blueprint, OvhProvider.Create(blueprint), values);
        var hasCluster = HasCluster(blueprint);
        if (hasCluster || blueprint.On<Component>(Cloud.Ovh).Any(component => component is ManagedDatabase or Cache))
            yield return _network = new OvhPrivateNetwork(blueprint.Model.Find<PrivateNetwork>()!, Context);
        if (!hasCluster) yield break;

        var runtime = new OvhRuntime(Network, Context);
        yield return runtime;
        _cluster = new ClusterBuild(blueprint, new ClusterContext
        {
            Cloud = Cloud.Ovh,
            Provider = runtime.Provider,
            Values = values,
            Settings = blueprint.Settings,
            Profile = blueprint.Profile,
            Traits = Traits(blueprint),

            // Used where the system declares no registry: every image then names its own.
            Registry = Output.Create("registry.invalid"),
        });
        var network = blueprint.Model.Find<PrivateNetwork>()!;
        yield return Cluster.BuildNamespace(network, Network.EgressAddresses, $"{network.Name}-namespace");
        if (blueprint.Model.Find<ContainerRegistry>() is { } declared && Context.Region.Registry is not null)
        {
            var registry = new OvhContainerRegistry(declared, Cluster.Cluster, Context);
            Cluster.PullFrom(registry.Prefix, registry.PullSecret);
            yield return registry;
        }

        var edge = blueprint.On<Component>(Cloud.Ovh).Where(component => component is LoadBalancer or Certificate);
        foreach (var addon in Cluster.BuildAddons(ClusterBuild.Needs(edge, backups: false))) yield return addon;
        if (ProvingDomains(blueprint) is { Count: > 0 } domains) yield return new OvhCertificateIssuer(domains, Cluster.Cluster, Context);
        foreach (var identity in Cluster.BuildIdentities()) yield return identity;
    }

    /// <inheritdoc/>
    public PlacedComponent Build(Component component, IReadOnlyDictionary<Link, ForeignTarget> foreign) => component switch
    {
        DnsZone zone => new OvhDnsZone(zone, Context),
        DnsRecord record => new OvhDnsRecord(record, balancer => Cluster.BalancerOf(balancer), Context),
        Bucket bucket => Target(bucket, _buckets[bucket] = new OvhBucket(bucket, Context)),
        ManagedDatabase database => Target(database, new OvhManagedDatabase(database, Network, Context)),
        Cache cache => Target(cache, new OvhCache(cache, Network, Context)),
        _ => Cluster.Build(component, foreign),
    };

    /// <inheritdoc/>
    public (IReadOnlyDictionary<Link, ForeignTarget> Targets, PlacedComponent? Relay) Admit(IReadOnlyDictionary<Link, Origin> links)
    {
        if (links.Keys.All(link => link.Target is Bucket))
        {
            var keys = new OvhRelay(links.Keys.ToDictionary(link => link, link => _buckets[(Bucket)link.Target]), Context);
            return (keys.Targets, keys);
        }

        var relay = Cluster.BuildRelay(links);
        return (relay.Targets, relay);
    }

    /// <summary>Whether something needs the cluster: containers, the edge, or a relay.</summary>
    public static bool HasCluster(Blueprint blueprint) =>
        blueprint.On<Component>(Cloud.Ovh).Any(component => component is Consumer or LoadBalancer or Certificate)
        || blueprint.ForeignLinksTo(Cloud.Ovh).Any(link => link.Target is not Bucket);

    /// <summary>What the cluster can do.</summary>
    public static ClusterTraits Traits(Blueprint blueprint) => new()
    {
        ClusterIssuer = blueprint.Settings.Accounts.Ovh?.ClusterIssuer ?? (ProvingDomains(blueprint).Count > 0 ? OvhCertificateIssuer.IssuerName : null),
        BalancerAnnotations = Annotations,
    };

    // The zones of OVHcloud in which names are proven by records: those of certificates that nothing else can prove.
    private static List<string> ProvingDomains(Blueprint blueprint) =>
        blueprint.Settings.Accounts.Ovh?.ClusterIssuer is null
        && blueprint.On<Certificate>(Cloud.Ovh).Any(certificate => certificate.Args.Domains.Any(domain => domain.StartsWith('*')))
        && blueprint.On<Certificate>(Cloud.Ovh).All(certificate => blueprint.CloudOf(certificate.Args.Zone) == Cloud.Ovh)
            ? [.. blueprint.On<Certificate>(Cloud.Ovh).Select(certificate => certificate.Args.Zone.Args.Domain).Distinct()]
            : [];

    // OVHcloud's load balancers close idle connections after 50 seconds by themselves, below what is promised (its documentation: service annotations).
    private static SortedDictionary<string, string> Annotations(int idleSeconds, LoadBalancerArgs? args)
    {
        var milliseconds = (idleSeconds * 1000).ToString(CultureInfo.InvariantCulture);
        return new(StringComparer.Ordinal)
        {
            ["loadbalancer.openstack.org/timeout-client-data"] = milliseconds,
            ["loadbalancer.openstack.org/timeout-member-data"] = milliseconds,
            ["loadbalancer.ovhcloud.com/flavor"] = args?.Tweak<OvhLoadBalancerTweak>()?.Flavor ?? OvhLoadBalancerTweak.Flavors[0],
        };
    }

    private T Target<T>(Component component, T built)
        where T : PlacedComponent, ILinkTarget => _cluster is null ? built : _cluster.Target(component, built);
}

using System.Globalization;
using Infra.Components.Addons.Scaleway;
using Infra.Components.Buckets;
using Infra.Components.Buckets.Scaleway;
using Infra.Components.Caches;
using Infra.Components.Caches.Scaleway;
using Infra.Components.Certificates;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Databases;
using Infra.Components.Databases.Scaleway;
using Infra.Components.Dns;
using Infra.Components.Dns.Scaleway;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Scaleway;
using Infra.Components.Networks;
using Infra.Components.Networks.Scaleway;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Registries.Scaleway;
using Infra.Components.Relays;
using Infra.Components.Relays.Scaleway;
using Infra.Components.Runtimes.Scaleway;
using Infra.Components.Systems;
using Pulumi;
using Balancing = Pulumiverse.Scaleway.Loadbalancers;

namespace Infra.Components.Clouds.Scaleway;

/// <summary>A stack's part on Scaleway while it is built: stores and DNS by its own classes, everything that runs by the cluster's.</summary>
internal sealed class ScalewayBuild(Blueprint blueprint, ValueProviders values) : ManagedClusterBuild<ScalewayPrivateNetwork>(Cloud.Scaleway, blueprint, values)
{
    private const string Annotation = "service.beta.kubernetes.io/scw-loadbalancer-";

    private readonly ScalewayContext _context = new(blueprint, ScalewayProvider.Create(blueprint), values);
    private readonly Dictionary<DnsZone, ScalewayDnsZone> _zones = [];
    private readonly Dictionary<Bucket, ScalewayBucket> _buckets = [];

    /// <inheritdoc/>
    protected override bool NeedsCluster => HasCluster(Blueprint);

    /// <summary>Whether there is a cluster: for what runs in it, and for what only something in the network can do.</summary>
    public static bool HasCluster(Blueprint blueprint) =>
        ClusterBuild.IsNeeded(blueprint, Cloud.Scaleway) || blueprint.On<ManagedDatabase>(Cloud.Scaleway).Any(database => database.Args.Engine == DatabaseEngine.PostgreSql);

    /// <summary>What the cluster can do. Certificates are validated through the zone where every one of them has it here.</summary>
    public static ClusterTraits TraitsOf(Blueprint blueprint)
    {
        var certificates = blueprint.On<Certificate>(Cloud.Scaleway).ToList();
        var here = certificates.Count > 0 && certificates.All(certificate => blueprint.CloudOf(certificate.Args.Zone) == Cloud.Scaleway);
        return new()
        {
            ClusterIssuer = blueprint.Settings.Accounts.Scaleway?.ClusterIssuer ?? (here ? ScalewayDnsIssuer.Issuer : null),
            BalancerAnnotations = (idleSeconds, _) => Patience(idleSeconds),
        };
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Output<string>> AddressesOf(ScalewayPrivateNetwork network) => network.EgressAddressList;

    /// <inheritdoc/>
    protected override ScalewayPrivateNetwork BuildNetwork(PrivateNetwork declared) => new(declared, _context);

    /// <inheritdoc/>
    protected override (PlacedComponent Runtime, ClusterContext Cluster) BuildRuntime(PrivateNetwork declared)
    {
        var runtime = new ScalewayRuntime(declared, Network, _context);
        return (runtime, ClusterOf(runtime.Provider, TraitsOf(Blueprint)) with { Reserve = Reserve, BalancerSources = Output.Create(Network.Block) });
    }

    /// <inheritdoc/>
    protected override (PlacedComponent Registry, Output<string> Prefix, Output<string> PullSecret)? BuildRegistry(ContainerRegistry declared, ClusterContext cluster)
    {
        if (!Blueprint.On<Consumer>(Cloud.Scaleway).Any()) return null;
        var registry = new ScalewayContainerRegistry(declared, cluster, _context);
        return (registry, registry.Prefix, registry.PullSecret);
    }

    /// <inheritdoc/>
    protected override PlacedComponent? BuildIssuer(ClusterContext cluster) =>
        cluster.Traits.ClusterIssuer == ScalewayDnsIssuer.Issuer ? new ScalewayDnsIssuer(cluster, _context) : null;

    /// <inheritdoc/>
    protected override PlacedComponent? BuildBeside(Component component) => component switch
    {
        DnsZone zone => _zones[zone] = new ScalewayDnsZone(zone, _context),
        DnsRecord record => new ScalewayDnsRecord(record, _zones[record.Args.Zone], BalancerOf, _context),
        Bucket bucket => Target(bucket, _buckets[bucket] = new ScalewayBucket(bucket, _context)),
        ManagedDatabase database => Target(database, new ScalewayManagedDatabase(database, Network, Cluster, _context)),
        Cache cache => Target(cache, new ScalewayCache(cache, Network, _context)),
        _ => null,
    };

    /// <inheritdoc/>
    protected override (IReadOnlyDictionary<Link, ForeignTarget> Targets, PlacedComponent? Relay) OpenBuckets(IEnumerable<Link> links)
    {
        var keys = new ScalewayRelay(links.ToDictionary(link => link, link => _buckets[(Bucket)link.Target]), _context);
        return (keys.Targets, keys);
    }

    // Connections that lie idle are closed after ten minutes unless something else is said (Scaleway's cloud controller manager: load balancer annotations).
    private static SortedDictionary<string, string> Patience(int idleSeconds)
    {
        var duration = string.Create(CultureInfo.InvariantCulture, $"{Math.Max(600, idleSeconds)}s");
        return new(StringComparer.Ordinal) { [Annotation + "timeout-client"] = duration, [Annotation + "timeout-tunnel"] = duration };
    }

    // The address is reserved, so that it outlives the load balancer, which Kapsule makes for a service. It passes connections on from an
    // address of its own in the private network, and names the client in a header.
    private ReservedAddress Reserve(string name, LoadBalancerArgs? args, IReadOnlyDictionary<string, string> tags, CustomResourceOptions options)
    {
        var zone = _context.Zones[0];
        var address = new Balancing.Ip($"{name}-address", new() { Zone = zone, IsIpv6 = false, Tags = tags.AsTexts() }, options.On(_context.Provider));
        return new ReservedAddress(
            address.IpAddress,
            new Dictionary<string, Input<string>>
            {
                [Annotation + "ip-ids"] = ScalewayContext.Bare(address.Id),
                [Annotation + "proxy-protocol-v2"] = "true",
                [Annotation + "type"] = args?.Tweak<ScalewayLoadBalancerTweak>()?.Type ?? (_context.IsProduction ? "LB-GP-M" : "LB-S"),
                [Annotation + "zone"] = zone,
            });
    }
}

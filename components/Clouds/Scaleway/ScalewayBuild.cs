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

/// <summary>
/// A stack's part on Scaleway while it is built. Stores and DNS are built here; what runs in the cluster, the Kubernetes implementation
/// builds, which knows the stores as targets beside it.
/// </summary>
internal sealed class ScalewayBuild(Blueprint blueprint, ValueProviders values) : ICloudBuild
{
    private const string Annotation = "service.beta.kubernetes.io/scw-loadbalancer-";

    private readonly Dictionary<DnsZone, ScalewayDnsZone> _zones = [];
    private readonly Dictionary<Bucket, ScalewayBucket> _buckets = [];
    private ScalewayContext? _context;
    private ScalewayPrivateNetwork? _network;
    private ClusterBuild? _cluster;

    /// <inheritdoc/>
    public IReadOnlyList<Output<string>> EgressAddresses => _network?.EgressAddressList ?? [];

    private ScalewayContext Context => _context!;

    private ScalewayPrivateNetwork Network => _network!;

    private ClusterBuild Cluster => _cluster!;

    /// <summary>Whether a cluster is needed: for what runs in it, and for what only something in the network can do.</summary>
    public static bool NeedsCluster(Blueprint blueprint) =>
        blueprint.On<Component>(Cloud.Scaleway).Any(component => component is Consumer or LoadBalancer or Certificate or ManagedDatabase { Args.Engine: DatabaseEngine.PostgreSql })
        || blueprint.ForeignLinksTo(Cloud.Scaleway).Any(link => link.Target is not Bucket);

    /// <summary>What the cluster can do. Certificates are validated through the zone where every one of them has it here.</summary>
    public static ClusterTraits TraitsOf(Blueprint blueprint)
    {
        var certificates = blueprint.On<Certificate>(Cloud.Scaleway).ToList();
        var here = certificates.Count > 0 && certificates.All(certificate => blueprint.CloudOf(certificate.Args.Zone) == Cloud.Scaleway);
        return new() { ClusterIssuer = blueprint.Settings.Accounts.Scaleway?.ClusterIssuer ?? (here ? ScalewayDnsIssuer.Issuer : null) };
    }

    /// <inheritdoc/>
    public IEnumerable<PlacedComponent> BuildFoundation()
    {
        _context = new ScalewayContext(blueprint, ScalewayProvider.Create(blueprint), values);
        var needsCluster = NeedsCluster(blueprint);
        if (!needsCluster && !blueprint.On<Component>(Cloud.Scaleway).Any(component => component is ManagedDatabase or Cache)) yield break;

        var declared = blueprint.Model.Find<PrivateNetwork>()!;
        yield return _network = new ScalewayPrivateNetwork(declared, Context);
        if (!needsCluster) yield break;

        var runtime = new ScalewayRuntime(declared, Network, Context);
        yield return runtime;
        _cluster = new ClusterBuild(blueprint, new ClusterContext
        {
            Cloud = Cloud.Scaleway,
            Provider = runtime.Access,
            Values = values,
            Settings = blueprint.Settings,
            Profile = blueprint.Profile,
            Traits = TraitsOf(blueprint),

            // Without a registry every image names its own; this name is reserved and belongs to nobody (RFC 2606).
            Registry = Output.Create("registry.invalid"),
            Reserve = Reserve,
        });
        yield return Cluster.BuildNamespace(declared, Network.EgressAddresses, $"{declared.Name}-namespace");
        if (blueprint.On<Consumer>(Cloud.Scaleway).Any() && blueprint.Model.Find<ContainerRegistry>() is { } registry)
        {
            var built = new ScalewayContainerRegistry(registry, Cluster.Cluster, Context);
            Cluster.PullFrom(built.Prefix, built.PullSecret);
            yield return built;
        }

        var entering = blueprint.On<Component>(Cloud.Scaleway).Where(component => component is LoadBalancer or Certificate);
        foreach (var addon in Cluster.BuildAddons(ClusterBuild.Needs(entering, backups: false))) yield return addon;
        if (Cluster.Cluster.Traits.ClusterIssuer == ScalewayDnsIssuer.Issuer) yield return new ScalewayDnsIssuer(Cluster.Cluster, Context);
        foreach (var identity in Cluster.BuildIdentities()) yield return identity;
    }

    /// <inheritdoc/>
    public PlacedComponent Build(Component component, IReadOnlyDictionary<Link, ForeignTarget> foreign) => component switch
    {
        DnsZone zone => _zones[zone] = new ScalewayDnsZone(zone, Context),
        Bucket bucket => Target(bucket, _buckets[bucket] = new ScalewayBucket(bucket, Context)),
        ManagedDatabase database => Target(database, new ScalewayManagedDatabase(database, Network, _cluster?.Cluster, Context)),
        Cache cache => Target(cache, new ScalewayCache(cache, Network, Context)),
        DnsRecord record => new ScalewayDnsRecord(record, _zones[record.Args.Zone], balancer => Cluster.BalancerOf(balancer), Context),
        _ => Cluster.Build(component, foreign),
    };

    /// <inheritdoc/>
    public (IReadOnlyDictionary<Link, ForeignTarget> Targets, PlacedComponent? Relay) Admit(IReadOnlyDictionary<Link, Origin> links)
    {
        if (links.Keys.All(link => link.Target is Bucket))
        {
            var keys = new ScalewayRelay(links.Keys.ToDictionary(link => link, link => _buckets[(Bucket)link.Target]), Context);
            return (keys.Targets, keys);
        }

        var relay = Cluster.BuildRelay(links);
        return (relay.Targets, relay);
    }

    private T Target<T>(Component declared, T built)
        where T : PlacedComponent, ILinkTarget => _cluster is null ? built : _cluster.Target(declared, built);

    // The address is reserved, so that it outlives the load balancer, which Kapsule makes for a service. It passes connections on from an
    // address of its own in the private network, and names the client in a header.
    private ReservedAddress Reserve(string name, IReadOnlyDictionary<string, string> tags, CustomResourceOptions options)
    {
        var zone = Context.Zones[0];
        var address = new Balancing.Ip($"{name}-address", new() { Zone = zone, IsIpv6 = false, Tags = tags.AsTexts() }, options.On(Context.Provider));
        return new ReservedAddress(
            address.IpAddress,
            new Dictionary<string, Input<string>>
            {
                [Annotation + "ip-ids"] = ScalewayContext.Bare(address.Id),
                [Annotation + "proxy-protocol-v2"] = "true",
                [Annotation + "type"] = Context.IsProduction ? "LB-GP-M" : "LB-S",
                [Annotation + "zone"] = zone,
            },
            Output.Create(Network.Block));
    }
}

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
internal sealed class OvhBuild(Blueprint blueprint, ValueProviders values) : ManagedClusterBuild<OvhPrivateNetwork>(Cloud.Ovh, blueprint, values)
{
    private readonly OvhContext _context = new(blueprint, OvhProvider.Create(blueprint), values);
    private readonly Dictionary<Bucket, OvhBucket> _buckets = [];

    /// <inheritdoc/>
    protected override bool NeedsCluster => HasCluster(Blueprint);

    /// <summary>Whether there is a cluster.</summary>
    public static bool HasCluster(Blueprint blueprint) => ClusterBuild.IsNeeded(blueprint, Cloud.Ovh);

    /// <summary>What the cluster can do.</summary>
    public static ClusterTraits TraitsOf(Blueprint blueprint) => new()
    {
        ClusterIssuer = blueprint.Settings.Accounts.Ovh?.ClusterIssuer ?? (ProvingDomains(blueprint).Count > 0 ? OvhCertificateIssuer.IssuerName : null),
        BalancerAnnotations = Annotations,
    };

    /// <inheritdoc/>
    protected override IReadOnlyList<Output<string>> AddressesOf(OvhPrivateNetwork network) => [network.EgressAddresses];

    /// <inheritdoc/>
    protected override OvhPrivateNetwork BuildNetwork(PrivateNetwork declared) => new(declared, _context);

    /// <inheritdoc/>
    protected override (PlacedComponent Runtime, ClusterContext Cluster) BuildRuntime(PrivateNetwork declared)
    {
        var runtime = new OvhRuntime(Network, _context);
        return (runtime, ClusterOf(runtime.Provider, TraitsOf(Blueprint)) with { BalancerSources = Output.Create(Network.Subnet) });
    }

    /// <inheritdoc/>
    protected override (PlacedComponent Registry, Output<string> Prefix, Output<string> PullSecret)? BuildRegistry(ContainerRegistry declared, ClusterContext cluster)
    {
        if (_context.Region.Registry is null) return null;
        var registry = new OvhContainerRegistry(declared, cluster, _context);
        return (registry, registry.Prefix, registry.PullSecret);
    }

    /// <inheritdoc/>
    protected override PlacedComponent? BuildIssuer(ClusterContext cluster) =>
        ProvingDomains(Blueprint) is { Count: > 0 } domains ? new OvhCertificateIssuer(domains, cluster, _context) : null;

    /// <inheritdoc/>
    protected override PlacedComponent? BuildBeside(Component component) => component switch
    {
        DnsZone zone => new OvhDnsZone(zone, _context),
        DnsRecord record => new OvhDnsRecord(record, BalancerOf, _context),
        Bucket bucket => Target(bucket, _buckets[bucket] = new OvhBucket(bucket, _context)),
        ManagedDatabase database => Target(database, new OvhManagedDatabase(database, Network, _context)),
        Cache cache => Target(cache, new OvhCache(cache, Network, _context)),
        _ => null,
    };

    /// <inheritdoc/>
    protected override (IReadOnlyDictionary<Link, ForeignTarget> Targets, PlacedComponent? Relay) OpenBuckets(IEnumerable<Link> links)
    {
        var keys = new OvhRelay(links.ToDictionary(link => link, link => _buckets[(Bucket)link.Target]), _context);
        return (keys.Targets, keys);
    }

    // The zones of OVHcloud in which names are proven by records: those of certificates that nothing else can prove.
    private static List<string> ProvingDomains(Blueprint blueprint) =>
        blueprint.Settings.Accounts.Ovh?.ClusterIssuer is null
        && blueprint.On<Certificate>(Cloud.Ovh).Any(certificate => certificate.Args.Domains.Any(domain => domain.StartsWith('*')))
        && blueprint.On<Certificate>(Cloud.Ovh).All(certificate => blueprint.CloudOf(certificate.Args.Zone) == Cloud.Ovh)
            ? [.. blueprint.On<Certificate>(Cloud.Ovh).Select(certificate => certificate.Args.Zone.Args.Domain).Distinct()]
            : [];

    // OVHcloud's load balancers are proxies in the subnet, and the client's address is in a header only; they close idle connections after 50 seconds by
    // themselves, below what is promised (its documentation: service annotations).
    private static SortedDictionary<string, string> Annotations(int idleSeconds, LoadBalancerArgs? args)
    {
        var milliseconds = (idleSeconds * 1000).ToString(CultureInfo.InvariantCulture);
        return new(StringComparer.Ordinal)
        {
            ["loadbalancer.openstack.org/proxy-protocol"] = "true",
            ["loadbalancer.openstack.org/timeout-client-data"] = milliseconds,
            ["loadbalancer.openstack.org/timeout-member-data"] = milliseconds,
            ["loadbalancer.ovhcloud.com/flavor"] = args?.Tweak<OvhLoadBalancerTweak>()?.Flavor ?? OvhLoadBalancerTweak.Flavors[0],
        };
    }
}

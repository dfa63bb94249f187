using System.Globalization;
using Infra.Components.Buckets;
using Infra.Components.Buckets.Gcp;
using Infra.Components.Caches;
using Infra.Components.Caches.Gcp;
using Infra.Components.Certificates;
using Infra.Components.Certificates.Gcp;
using Infra.Components.Connections;
using Infra.Components.Databases;
using Infra.Components.Databases.Gcp;
using Infra.Components.Dns;
using Infra.Components.Dns.Gcp;
using Infra.Components.Identities.Gcp;
using Infra.Components.Jobs;
using Infra.Components.Jobs.Gcp;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Gcp;
using Infra.Components.Networks;
using Infra.Components.Networks.Gcp;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Registries.Gcp;
using Infra.Components.Relays;
using Infra.Components.Relays.Gcp;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Services;
using Infra.Components.Services.Gcp;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds.Gcp;

/// <summary>A stack's part on Google Cloud while it is built. Concrete components are wired to concrete ones through these tables.</summary>
internal sealed class GcpBuild(Blueprint blueprint, ValueProviders values) : ICloudBuild
{
    // Stands in plans of a cloud that the stack file does not name; the settings demand an account everywhere else.
    private const string NoProject = "hypothetical";

    private readonly Dictionary<Consumer, GcpServiceIdentity> _identities = [];
    private readonly Dictionary<Consumer, GcpServiceIdentity> _foreignIdentities = [];
    private readonly Dictionary<Component, IGcpTarget> _targets = [];
    private readonly Dictionary<DnsZone, GcpDnsZone> _zones = [];
    private readonly Dictionary<Certificate, GcpCertificate> _certificates = [];
    private readonly Dictionary<LoadBalancer, GcpLoadBalancer> _loadBalancers = [];
    private readonly Dictionary<Job, GcpJob> _jobs = [];
    private GcpContext? _context;
    private GcpRuntime? _runtime;
    private GcpPrivateNetwork? _network;
    private GcpContainerRegistry? _registry;

    /// <inheritdoc/>
    public IReadOnlyList<Output<string>> EgressAddresses => _network?.Addresses ?? [];

    private GcpContext Context => _context!;

    private GcpRuntime Runtime => _runtime!;

    private GcpPrivateNetwork Network => _network!;

    /// <inheritdoc/>
    public IEnumerable<PlacedComponent> BuildFoundation()
    {
        var project = blueprint.Settings.Accounts.Gcp?.Project ?? NoProject;
        _context = new GcpContext(blueprint, GcpProvider.Create(blueprint, project), values, project);
        yield return _runtime = new GcpRuntime(Context);
        var consumers = blueprint.On<Consumer>(Cloud.Gcp).ToList();
        if (consumers.Count > 0 || blueprint.On<Component>(Cloud.Gcp).Any(StandsInNetwork))
            yield return _network = new GcpPrivateNetwork(blueprint.Model.Find<PrivateNetwork>()!, Runtime, Context);
        if (consumers.Count > 0 && blueprint.Model.Find<ContainerRegistry>() is { } registry) yield return _registry = new GcpContainerRegistry(registry, Runtime, Context);
        foreach (var consumer in consumers)
        {
            var identity = new GcpServiceIdentity(consumer, Network, Runtime, Context);
            _identities.Add(consumer, identity);
            _targets.Add(consumer, identity);
            yield return identity;
        }
    }

    /// <inheritdoc/>
    public PlacedComponent Build(Component component, IReadOnlyDictionary<Link, ForeignTarget> foreign) => component switch
    {
        DnsZone zone => _zones[zone] = new GcpDnsZone(zone, Runtime, Context),
        Certificate certificate => _certificates[certificate] = new GcpCertificate(certificate, _zones[certificate.Args.Zone], Runtime, Context),
        Bucket bucket => Target(bucket, new GcpBucket(bucket, Runtime, Context)),
        ManagedDatabase database => Target(database, new GcpManagedDatabase(database, Network, Runtime, Context)),
        Cache cache => Target(cache, new GcpCache(cache, Network, Runtime, Context)),
        LoadBalancer balancer => _loadBalancers[balancer] = new GcpLoadBalancer(balancer, _certificates[balancer.Args.Certificate], Runtime, Context),
        Job job => _jobs[job] = new GcpJob(job, Network, Runtime, Wiring(foreign), Context),
        ContainerService service => new GcpContainerService(service, Network, Runtime, Wiring(foreign), _jobs.Where(job => job.Key.Prepares(service)).Select(job => job.Value), Context),
        DnsRecord record => new GcpDnsRecord(record, _zones[record.Args.Zone], _loadBalancers, Context),
        _ => throw new ArgumentOutOfRangeException(nameof(component), component.Kind, "not built on Google Cloud"),
    };

    /// <inheritdoc/>
    public (IReadOnlyDictionary<Link, ForeignTarget> Targets, PlacedComponent? Relay) Admit(IReadOnlyDictionary<Link, Origin> links)
    {
        var ports = links
            .Where(link => RelayPorts.IsRelayed(link.Key.Target))
            .GroupBy(link => link.Key.Target)
            .Select(group => Port(group.Key, Origin.BlocksOf(group.Select(link => link.Value))))
            .OrderBy(port => port.Port)
            .ToList();
        var relay = ports.Count == 0 ? null : new GcpRelay(ports, Network, Runtime, Context);
        var targets = new Dictionary<Link, ForeignTarget>();
        foreach (var link in links.Keys)
        {
            var port = ports.Find(port => port.Target == link.Target);
            targets.Add(link, port is null ? new(Connect(link)) : new(Connect(link, relay!, port), [relay!.Address], port.Port));
        }

        return (targets, relay);
    }

    private static bool StandsInNetwork(Component component) => component is ManagedDatabase or Cache;

    private T Target<T>(Component declared, T built)
        where T : PlacedComponent, IGcpTarget
    {
        _targets.Add(declared, built);
        return built;
    }

    private GcpWiring Wiring(IReadOnlyDictionary<Link, ForeignTarget> foreign) => new(Network, Runtime, _registry, _identities, _targets, foreign, Context);

    private GcpRelayPort Port(Component target, IReadOnlyList<Output<string>> sources)
    {
        var (address, port, speaksTls) = _targets[target] switch
        {
            GcpManagedDatabase database => (database.Host, database.Port, true),
            GcpCache cache => (cache.Host, cache.Port, true),
            GcpServiceIdentity identity => (identity.Endpoint.Address, Output.Create(identity.Endpoint.Port.ToString(CultureInfo.InvariantCulture)), false),
            _ => throw new ArgumentOutOfRangeException(nameof(target), target.Kind, "nothing on Google Cloud relays this kind"),
        };
        return new(target, RelayPorts.Of(blueprint.Model, target), address, port, speaksTls, sources);
    }

    // The API of a bucket is public: a key is all that is needed.
    private Connection Connect(Link link) => _targets[link.Target].Connect(Foreign(link.Consumer), link);

    private Connection Connect(Link link, GcpRelay relay, GcpRelayPort port)
    {
        var number = Output.Create(port.Port.ToString(CultureInfo.InvariantCulture));
        return _targets[link.Target] switch
        {
            GcpManagedDatabase database => database.At(Foreign(link.Consumer), link, relay.Address, number),
            GcpCache cache => cache.At(relay.Address, number),
            _ => Connection.ToForeignService(relay.Address, number, relay.CertificateAuthority),
        };
    }

    private GcpConsumer Foreign(Consumer consumer)
    {
        if (!_foreignIdentities.TryGetValue(consumer, out var identity))
            _foreignIdentities.Add(consumer, identity = GcpServiceIdentity.OfForeign(consumer, Runtime, Context));
        return new(identity, identity, networkTag: null, _network, Context);
    }
}

using Infra.Components.Buckets;
using Infra.Components.Buckets.Aws;
using Infra.Components.Caches;
using Infra.Components.Caches.Aws;
using Infra.Components.Certificates;
using Infra.Components.Certificates.Aws;
using Infra.Components.Connections;
using Infra.Components.Databases;
using Infra.Components.Databases.Aws;
using Infra.Components.Dns;
using Infra.Components.Dns.Aws;
using Infra.Components.Identities.Aws;
using Infra.Components.Jobs;
using Infra.Components.Jobs.Aws;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Aws;
using Infra.Components.Networks;
using Infra.Components.Networks.Aws;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Registries.Aws;
using Infra.Components.Relays;
using Infra.Components.Relays.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Services;
using Infra.Components.Services.Aws;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds.Aws;

/// <summary>A stack's part on AWS while it is built. Concrete components are wired to concrete ones through these tables; nothing is cast.</summary>
internal sealed class AwsBuild(Blueprint blueprint, ValueProviders values) : ICloudBuild
{
    private readonly Dictionary<string, AwsServiceIdentity> _identities = [];
    private readonly Dictionary<DnsZone, AwsDnsZone> _zones = [];
    private readonly Dictionary<Certificate, AwsCertificate> _certificates = [];
    private readonly Dictionary<Component, AwsBucket> _buckets = [];
    private readonly Dictionary<LoadBalancer, AwsLoadBalancer> _loadBalancers = [];
    private readonly Dictionary<Job, AwsJob> _jobs = [];
    private readonly Dictionary<Component, IAwsTarget> _targets = [];
    private readonly Dictionary<Component, IAwsRelayedTarget> _relayed = [];
    private AwsContext? _context;
    private AwsPrivateNetwork? _network;
    private AwsContainerRegistry? _registry;
    private AwsRuntime? _runtime;

    /// <inheritdoc/>
    public IReadOnlyList<Output<string>> EgressAddresses => _network?.EgressAddressList ?? [];

    private AwsContext Context => _context!;

    private AwsPrivateNetwork Network => _network!;

    private AwsRuntime Runtime => _runtime!;

    private bool IsRelayed => blueprint.ForeignLinksTo(Cloud.Aws).Any(link => RelayPorts.IsRelayed(link.Target));

    /// <inheritdoc/>
    public IEnumerable<PlacedComponent> BuildFoundation()
    {
        _context = new AwsContext(blueprint, AwsProvider.Create(blueprint), values);
        var consumers = blueprint.On<Consumer>(Cloud.Aws).ToList();
        if (consumers.Count > 0 || blueprint.On<Component>(Cloud.Aws).Any(StandsInNetwork))
            yield return _network = new AwsPrivateNetwork(blueprint.Model.Find<PrivateNetwork>()!, Context);
        if (consumers.Count == 0 && !IsRelayed) yield break;
        if (consumers.Count > 0 && blueprint.Model.Find<ContainerRegistry>() is { } registry) yield return _registry = new AwsContainerRegistry(registry, Context);
        yield return _runtime = new AwsRuntime(Network, Context);
        foreach (var consumer in consumers)
        {
            var identity = new AwsServiceIdentity(consumer, Network, Context);
            _identities.Add(consumer.Name, identity);
            if (consumer is ContainerService { Args.IsHttp: true } service) _ = Relayed(service, new AwsServiceTarget(service, identity, Context));
            yield return identity;
        }
    }

    /// <inheritdoc/>
    public PlacedComponent Build(Component component, IReadOnlyDictionary<Link, ForeignTarget> foreign) => component switch
    {
        DnsZone zone => _zones[zone] = new AwsDnsZone(zone, Context),
        Certificate certificate => _certificates[certificate] = new AwsCertificate(certificate, _zones[certificate.Args.Zone], Context),
        Bucket bucket => Opened(bucket, new AwsBucket(bucket, Context)),
        ManagedDatabase database => Relayed(database, new AwsManagedDatabase(database, Network, _runtime, Context)),
        Cache cache => Relayed(cache, new AwsCache(cache, Network, Context)),
        LoadBalancer balancer => _loadBalancers[balancer] =
            new AwsLoadBalancer(balancer, Network, _certificates[balancer.Args.Certificate], _identities, Context),
        Job job => _jobs[job] = new AwsJob(job, Runtime, _identities[job.Name], Image(job), consumer => Connect(job, consumer, foreign), Context),
        ContainerService service => new AwsContainerService(service, Site(service), consumer => Connect(service, consumer, foreign), Context),
        DnsRecord record => new AwsDnsRecord(record, _zones[record.Args.Zone], _loadBalancers, Context),
        _ => throw new ArgumentOutOfRangeException(nameof(component), component.Kind, "not built on AWS"),
    };

    /// <inheritdoc/>
    public (IReadOnlyDictionary<Link, ForeignTarget> Targets, PlacedComponent? Relay) Admit(IReadOnlyDictionary<Link, Origin> links)
    {
        var ports = links
            .Where(link => RelayPorts.IsRelayed(link.Key.Target))
            .GroupBy(link => link.Key.Target)
            .Select(group => new AwsRelayPort(
                group.Key,
                RelayPorts.Of(blueprint.Model, group.Key),
                _relayed[group.Key],
                [.. group.Select(link => link.Key)],
                [.. group.Select(link => link.Value).Distinct()]))
            .OrderBy(port => port.Number)
            .ToList();
        var buckets = links.Keys.Where(link => link.Target is Bucket).ToDictionary(link => link, link => _buckets[link.Target]);
        var relay = new AwsRelay(buckets, ports.Count > 0 ? new(Network, Runtime, ports) : null, Context);
        return (relay.Targets, relay);
    }

    private static bool StandsInNetwork(Component component) => component is ManagedDatabase or Cache or LoadBalancer;

    private AwsBucket Opened(Bucket declared, AwsBucket built)
    {
        _targets.Add(declared, built);
        _buckets.Add(declared, built);
        return built;
    }

    private T Relayed<T>(Component declared, T built)
        where T : IAwsRelayedTarget
    {
        _targets.Add(declared, built);
        _relayed.Add(declared, built);
        return built;
    }

    private AwsImage Image(Consumer consumer) => AwsImage.Of(blueprint.Settings.Images[consumer.Name], _registry);

    private AwsServiceSite Site(ContainerService service) => new(
        Network,
        Runtime,
        _identities[service.Name],
        Image(service),
        [.. _loadBalancers.Values.SelectMany(balancer => balancer.Routes).Where(route => route.Key == service).Select(route => route.Value)],
        [.. _jobs.Where(job => job.Key.Prepares(service)).Select(job => job.Value.Run)]);

    private IEnumerable<(Link Link, Connection Connection)> Connect(Consumer consumer, AwsConsumer built, IReadOnlyDictionary<Link, ForeignTarget> foreign) =>
        consumer.Links.Select(link => (link, foreign.TryGetValue(link, out var abroad) ? abroad.Connection : _targets[link.Target].Connect(built, link)));
}

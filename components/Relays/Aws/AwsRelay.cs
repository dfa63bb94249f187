using Infra.Components.Buckets.Aws;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Connections;
using Infra.Components.Identities.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;
using Pulumi;
using Iam = Pulumi.Aws.Iam;

namespace Infra.Components.Relays.Aws;

/// <summary>Where the relay stands when something must be forwarded.</summary>
/// <param name="Network">The network.</param>
/// <param name="Runtime">The cluster.</param>
/// <param name="Ports">What is forwarded, in the order of the targets' declarations.</param>
internal sealed record AwsRelaySite(AwsPrivateNetwork Network, AwsRuntime Runtime, IReadOnlyList<AwsRelayPort> Ports);

/// <summary>
/// What lets consumers on other clouds use what stands on AWS. Databases, caches and services are reached by one name with one port for each: a
/// Network Load Balancer that admits known addresses only, with a reserved address in every zone, and HAProxy behind it. Databases and caches
/// encrypt by themselves and are passed on as they are; services speak plain HTTP, which HAProxy encrypts with an authority of its own. The API of
/// buckets is public: each consumer has a user with a key that opens its bucket for its intent, and nothing else.
/// </summary>
internal sealed class AwsRelay : PlacedComponent
{
    private readonly Dictionary<Link, ForeignTarget> _targets = [];

    /// <summary>Builds the relay.</summary>
    /// <param name="buckets">The links to buckets.</param>
    /// <param name="site">Where it stands; null when nothing but buckets is used.</param>
    /// <param name="context">The stack.</param>
    public AwsRelay(IReadOnlyDictionary<Link, AwsBucket> buckets, AwsRelaySite? site, AwsContext context)
        : base(context.Place(ComponentKind.Relay, "relay"))
    {
        foreach (var (link, bucket) in buckets) _targets.Add(link, Open(link, bucket, context));
        if (site is not null) Forward(site, context);
        RegisterOutputs();
    }

    /// <summary>The load balancer's name; empty when nothing but buckets is used.</summary>
    [Output]
    public Output<string> Address { get; private set; } = Output.Create("");

    /// <summary>How each consumer reaches its target.</summary>
    public IReadOnlyDictionary<Link, ForeignTarget> Targets => _targets;

    private ForeignTarget Open(Link link, AwsBucket bucket, AwsContext context)
    {
        var name = $"{link.Consumer.Name}-{link.Target.Name}";
        var user = new Iam.User(name, new() { Path = $"/{context.Stack}/", Tags = Tags.AsInput() }, Child());
        _ = new Iam.UserPolicy(name, new() { User = user.Name, Policy = Statement.Document(bucket.Statements(link.Intent)) }, Child());
        var key = new Iam.AccessKey(name, new() { User = user.Name }, Child());
        return new(Connection.ToBucket(bucket.Endpoint, bucket.Region, bucket.BucketName, pathStyle: false, key.Id, key.Secret));
    }

    private void Forward(AwsRelaySite site, AwsContext context)
    {
        var zones = context.Blueprint.Profile.HighAvailability ? site.Network.PublicSubnets.Count : 1;
        var entry = new AwsRelayEntry(Name, site.Network, zones, Tags, Child);
        var proxies = new AwsRelayProxies(Name, site.Network, zones, site.Runtime, context, Tags, Child);
        var certificate = site.Ports.All(port => port.Endpoint.SpeaksTls) ? null : new RelayCertificate(Name, context.Stack, [entry.Host], [], () => context.Values.Tls(Child()));
        entry.Admit(site.Ports, proxies.Group);
        proxies.Admit(site.Ports, entry.Group);
        var ways = site.Ports.Select(port => (Port: port, Way: entry.Lead(port))).ToList();
        var access = site.Ports.ToDictionary(port => port, port => proxies.Reach(port));
        var services = proxies.Run(ways, certificate);
        Address = entry.Host;

        // A consumer on another cloud cannot name what it waits for; it waits for the address, which it is told once the proxies run.
        var address = Output.Tuple(Address, Output.All(services.Select(service => service.Id))).Apply(both => both.Item1);
        foreach (var port in site.Ports)
        {
            var endpoint = new RelayEndpoint(address, port.Number, certificate?.Authority ?? Output.Create(""));
            foreach (var link in port.Links)
            {
                var grantee = new AwsGrantee(link.Consumer.Name, proxies.Group, context, Tags, Child);
                grantee.Grants.Add(access[port]);
                _targets.Add(link, new(port.Built.Connect(grantee, link, endpoint), entry.Addresses, port.Number));
            }
        }
    }
}

using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Relays.Aws;

/// <summary>
/// What lets consumers on other clouds use what stands on AWS. Databases, caches and services are reached by one name with one port for
/// each: a Network Load Balancer that admits known addresses only, with a reserved address in every zone, and HAProxy behind it. Databases
/// and caches encrypt by themselves and are passed on as they are; services speak plain HTTP, which HAProxy encrypts with an authority of
/// its own. The API of buckets is public: it needs no way through.
/// </summary>
internal sealed class AwsRelay : PlacedComponent, IRelay<AwsGrantee>
{
    private readonly AwsContext _context;
    private readonly AwsRelayEntry? _entry;
    private readonly AwsRelayProxies? _proxies;
    private readonly Output<string> _authority = Output.Create("");
    private readonly Dictionary<Standing, IReadOnlyList<Resource>> _access = [];
    private readonly Dictionary<string, RelayEndpoint> _entrances = new(StringComparer.Ordinal);

    /// <summary>Builds what all targets share.</summary>
    /// <param name="ports">What is forwarded; nothing when only buckets are used.</param>
    /// <param name="context">The stack.</param>
    public AwsRelay(IReadOnlyList<RelayPort> ports, AwsContext context)
        : base(context.Place(RelayKind.Instance, "relay"))
    {
        _context = context;
        if (ports.Count == 0) return;
        var network = context.Get<AwsPrivateNetwork>();
        var zones = context.Blueprint.Profile.HighAvailability ? network.PublicSubnets.Count : 1;
        _entry = new(Name, network, zones, Tags, context.Protect, Child);
        AwsSecret? certificate = null;
        if (ProxyConfiguration.NeedsCertificate(ports))
        {
            var authority = new PrivateAuthority(Name, context.Values, () => Child());
            _authority = authority.Certificate.CertPem;
            certificate = AwsRelayProxies.Keep(Name, authority.Sign([_entry.Host]), Tags, context, Child);
        }

        _proxies = new(Name, network, zones, context.Get<AwsRuntime>(), certificate, context, Tags, Child);
        _entry.Admit(ports, _proxies.Group);
        _proxies.Admit(ports, _entry.Group);
        Address = _entry.Host;
    }

    /// <summary>The load balancer's name; empty when nothing but buckets is used.</summary>
    [Output]
    public Output<string> Address { get; private set; } = Output.Create("");

    /// <inheritdoc/>
    public PlacedComponent Component => this;

    /// <inheritdoc/>
    public IReadOnlyList<Output<string>> Addresses => _entry?.Addresses ?? [];

    /// <inheritdoc/>
    public void Admit(RelayPort<AwsGrantee> port)
    {
        var way = _entry!.Lead(port);
        var server = _context.ServerOf(port.Target);
        if (!_access.ContainsKey(server)) _access.Add(server, _proxies!.Reach(port, server == port.Target ? port.Name : server.Name));
        var service = _proxies!.Run(port, way, _access[server]);

        // A consumer on another cloud cannot name what it waits for; it waits for the address, which it is told once the proxies run.
        var address = Output.Tuple(Address, service.Id).Apply(both => both.Item1);
        _entrances.Add(port.Name, new(address, port.Number, port.Endpoint.SpeaksTls ? Output.Create("") : _authority));
    }

    /// <inheritdoc/>
    public AwsGrantee GranteeOf(StandingLink link)
    {
        var grantee = new AwsGrantee(link.Consumer.NameOn(Cloud.Aws), _proxies?.Group, _context, Tags, Child);
        if (_access.TryGetValue(_context.ServerOf(link.Target), out var access)) grantee.Grants.AddRange(access);
        return grantee;
    }

    /// <inheritdoc/>
    public RelayEndpoint EntranceOf(RelayPort<AwsGrantee> port) => _entrances[port.Name];

    /// <inheritdoc/>
    public void Complete() => RegisterOutputs();
}

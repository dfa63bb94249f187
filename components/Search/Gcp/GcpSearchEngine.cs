using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Identities;
using Infra.Components.Jobs.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Gcp;
using Pulumi;

namespace Infra.Components.Search.Gcp;

/// <summary>
/// OpenSearch on a machine of Compute Engine, whose indices lie on a disk that outlives it: Google Cloud has no search engine of this
/// protocol, and Cloud Run keeps no disks. Its address and its name stay, whatever machine serves them. A job in the network makes the
/// logins of consumers through the REST API.
/// </summary>
internal sealed class GcpSearchEngine : PlacedSearchEngine, ILinkTarget<GcpGrantee>, ISharedGrants
{
    private readonly Output<string> _address;
    private readonly Output<string> _authority;
    private readonly GcpRestLogins _logins;

    /// <summary>Builds the search engine.</summary>
    public GcpSearchEngine(SearchEngine engine, GcpPrivateNetwork network, GcpRuntime runtime, GcpContext context)
        : base(context.Place(engine))
    {
        var machine = new GcpStoreMachine(Name, network, context, Tags, Child);
        Host = Output.Create($"{Name}.{context.PrivateDomain}");
        Port = Output.Create(OpenSearchConfiguration.RestPort.ToString(CultureInfo.InvariantCulture));
        _address = machine.Reserve(Host);
        var apis = runtime.Apis(ServiceIdentityKind.Instance).ToList();
        var authority = new PrivateAuthority(Name, context.Values, () => Child());
        _authority = authority.Certificate.CertPem;
        var server = authority.Sign([Host]);
        var password = LoginPassword.Create($"{Name}-administrator", context.Values, Child());
        var administrator = new GcpSecret($"{Name}-administrator", password.Result, context, Tags, Child(dependsOn: apis));
        var certificate = new GcpSecret(
            $"{Name}-certificate", Output.Format($"{server.Certificate}{server.Pkcs8Key}"), context, Tags, Child(dependsOn: apis));
        var hash = new GcpSecret($"{Name}-hash", password.BcryptHash, context, Tags, Child(dependsOn: apis));
        var serving = machine.Serve(new()
        {
            Type = GcpSearchEngineProducts.TypeOf(engine.Args.Size),
            DiskGiB = engine.Args.StorageGiB,
            Disk = GcpSearchMachine.Disk,
            NetworkTag = MachineTag,
            Address = _address,
            Secrets = [("certificate", certificate), ("hash", hash)],
            Script = Output.Tuple(_authority, certificate.VersionName, hash.VersionName).Apply(known =>
                GcpSearchMachine.Script(new(Name, engine.Args, known.Item1, known.Item2, known.Item3))),
            Apis = apis,
        });
        _logins = new(
            new()
            {
                Name = Name,
                Machine = machine,
                Serving = serving,
                Host = Host,
                Address = _address,
                Port = OpenSearchConfiguration.RestPort,
                Authority = _authority,
                Password = administrator,
                Labels = Tags,
                Child = Child,
            },
            SearchScript.Logins,
            network,
            runtime,
            apis,
            context);

        // The network lets nobody out to the machine but whom a link says: of everybody's ways in, this is the port.
        network.FirewallOf(MachineTag).Ingress(
            $"{Name}-ingress",
            $"REST API of {Name}",
            OpenSearchConfiguration.RestPort,
            [network.Workloads.IpCidrRange],
            Child());
        RegisterOutputs();
    }

    /// <summary>Where it is: firewall rules know addresses, not names.</summary>
    public Endpoint Endpoint => new(_address, Port, SpeaksTls: true);

    // Consumers' machines bear their names, which hold no two hyphens in a row: none of them passes for this one.
    private string MachineTag => $"{Name}--search";

    /// <inheritdoc/>
    public void Admit(GcpGrantee grantee, string role) => grantee.Reach(role, Name, _address, Port);

    /// <inheritdoc/>
    public Connection Connect(GcpGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var (username, password, granted) = _logins.Connect(grantee, link, isRelayed: relay is not null);
        return ConnectionAt(relay, granted, username, password, _authority);
    }

    /// <inheritdoc/>
    public void CompleteGrants() => _logins.Complete();
}

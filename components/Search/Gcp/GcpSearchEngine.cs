using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Identities;
using Infra.Components.Jobs;
using Infra.Components.Networks.Gcp;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Gcp.ServiceAccount;
using CloudRun = Pulumi.Gcp.CloudRunV2;

namespace Infra.Components.Search.Gcp;

/// <summary>
/// OpenSearch on a machine of Compute Engine, whose indices lie on a disk that outlives it: Google Cloud has no search engine of this
/// protocol, and Cloud Run keeps no disks. Its address and its name stay, whatever machine serves them. A job in the network makes the
/// logins of consumers through the REST API.
/// </summary>
internal sealed class GcpSearchEngine : PlacedSearchEngine, ILinkTarget<GcpGrantee>, ISharedGrants
{
    private readonly GcpContext _context;
    private readonly GcpPrivateNetwork _network;
    private readonly GcpRuntime _runtime;
    private readonly Output<string> _address;
    private readonly Output<string> _authority;
    private readonly GcpSecret _password;
    private readonly Account _granter;
    private readonly Output<string> _granterMember;
    private readonly IReadOnlyList<Resource> _granterReady;
    private readonly List<(GcpGrantee Grantee, Login Login)> _consumers = [];

    /// <summary>Builds the search engine.</summary>
    public GcpSearchEngine(SearchEngine engine, GcpPrivateNetwork network, GcpRuntime runtime, GcpContext context)
        : base(context.Place(engine))
    {
        (_context, _network, _runtime) = (context, network, runtime);
        var machine = new GcpStoreMachine(Name, network, context, Tags, Child);
        Host = Output.Create($"{Name}.{context.PrivateDomain}");
        Port = Output.Create(OpenSearchConfiguration.RestPort.ToString(CultureInfo.InvariantCulture));
        _address = machine.Reserve(Host);
        var apis = runtime.Apis(ServiceIdentityKind.Instance).ToList();
        var authority = new PrivateAuthority(Name, context.Values, () => Child());
        _authority = authority.Certificate.CertPem;
        var server = authority.Sign([Host]);
        var password = LoginPassword.Create($"{Name}-administrator", context.Values, Child());
        _password = new GcpSecret($"{Name}-administrator", password.Result, context, Tags, Child(dependsOn: apis));
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
        (_granter, _granterMember) = machine.Identify("grant", "Grants", apis);
        _granterReady =
        [
            serving,
            _password.AllowReading($"{Name}-administrator-reader", _granterMember, Child()),
            network.FirewallOf(GrantsTag).Egress($"{Name}-grants-egress", $"Grants of {Name}", _address, Port, Child()),
            .. runtime.Apis(JobKind.Instance),
        ];

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

    // Consumers' machines bear their names, which hold no two hyphens in a row: none of them passes for one of these.
    private string GrantsTag => $"{Name}--grants";

    private string MachineTag => $"{Name}--search";

    /// <inheritdoc/>
    public void Admit(GcpGrantee grantee, string role) => grantee.Reach(role, Name, _address, Port);

    /// <inheritdoc/>
    public Connection Connect(GcpGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var name = $"{link.NameOn(Cloud)}-grant";
        var password = grantee.Password(link);
        var kept = grantee.Keep(link, "PASSWORD", password);
        // The ending keeps it apart from the administrator, and from the roles that OpenSearch has.
        var login = new Login(
            $"{link.Consumer.NameOn(Cloud)}-login",
            link.Intent,
            kept,
            kept.AllowReading($"{name}-reader", _granterMember, grantee.Child()));
        CloudRun.Job? run = null;
        if (relay is null) _consumers.Add((grantee, login));
        else run = grantee.Awaits(Grant(name, [login], _context.Tags(grantee.Name), grantee.Child()));
        return ConnectionAt(relay, run, Output.Create(login.Name), password, _authority);
    }

    /// <inheritdoc/>
    public void CompleteGrants()
    {
        foreach (var (ending, consumers) in LoginGroups.Of(_consumers, consumer => consumer.Login.Name))
        {
            var run = Grant($"{Name}-grants{ending}", [.. consumers.Select(consumer => consumer.Login)], Tags, _runtime.Children());
            foreach (var (grantee, _) in consumers) grantee.Awaits(run);
        }
    }

    private CloudRun.Job Grant(
        string name,
        IReadOnlyList<Login> logins,
        IReadOnlyDictionary<string, string> labels,
        CustomResourceOptions options)
    {
        foreach (var resource in logins.Select(login => login.Reader).Concat(_granterReady)) options.DependsOn.Add(resource);
        GcpVariable[] variables =
        [
            new(SearchScript.Rest.Url, Output.Format($"https://{Host}:{Port}{SearchScript.Path}")),
            new(SearchScript.Rest.CertificateAuthority, _authority),
            new(SearchScript.Rest.Username, Output.Create(SearchScript.Administrator)),
            new(SearchScript.Rest.Password, _password),
            .. logins.Select(login => new GcpVariable(RestScript.PasswordOf(login.Name), login.Password)),
        ];
        return GcpJobRunner.Run(
            name,
            _context,
            new()
            {
                Image = Output.Create(PinnedImage.Curl.OnDockerHub),
                EntryPoint = SearchScript.Rest.Of(logins.SelectMany(login =>
                    SearchScript.Grant(login.Name, RestScript.PasswordOf(login.Name), login.Intent))),
                Variables = variables,
                Size = Size.Nano,
                Account = _granter.Email,
                Network = _network,
                NetworkTag = GrantsTag,
                // A new machine takes minutes to answer.
                Timeout = TimeSpan.FromMinutes(5),
                Retries = 3,
                Labels = labels,
            },
            options).Job;
    }

    // A login that is to be set up: whose it is, what for, its password, and what lets the granter read that.
    private sealed record Login(string Name, Intent Intent, GcpSecret Password, Resource Reader);
}

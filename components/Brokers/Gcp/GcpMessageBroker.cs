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

namespace Infra.Components.Brokers.Gcp;

/// <summary>
/// RabbitMQ on a machine of Compute Engine, whose messages lie on a disk that outlives it: Google Cloud has no broker that speaks AMQP, and
/// Cloud Run keeps neither connections of its own protocols nor disks. Its address and its name stay, whatever machine serves them. A job
/// in the network makes the logins of consumers through the management API.
/// </summary>
internal sealed class GcpMessageBroker : PlacedMessageBroker, ILinkTarget<GcpGrantee>, ISharedGrants
{
    private readonly GcpContext _context;
    private readonly GcpPrivateNetwork _network;
    private readonly GcpRuntime _runtime;
    private readonly bool _mqtt;
    private readonly Output<string> _address;
    private readonly Output<string> _authority;
    private readonly GcpSecret _password;
    private readonly Account _granter;
    private readonly Output<string> _granterMember;
    private readonly IReadOnlyList<Resource> _granterReady;
    private readonly List<(GcpGrantee Grantee, Login Login)> _consumers = [];

    /// <summary>Builds the broker.</summary>
    public GcpMessageBroker(MessageBroker broker, GcpPrivateNetwork network, GcpRuntime runtime, GcpContext context)
        : base(broker.Args, context.Place(broker))
    {
        (_context, _network, _runtime, _mqtt) = (context, network, runtime, broker.Args.Mqtt);
        var machine = new GcpStoreMachine(Name, network, context, Tags, Child);
        Host = Output.Create($"{Name}.{context.PrivateDomain}");
        var apis = runtime.Apis(ServiceIdentityKind.Instance).ToList();
        _address = machine.Reserve(Host);
        var authority = new PrivateAuthority(Name, context.Values, () => Child());
        _authority = authority.Certificate.CertPem;
        var certificate = new GcpSecret(
            $"{Name}-certificate", authority.Sign([Host]).Bundle, context, Tags, Child(dependsOn: apis));
        var password = LoginPassword.Create($"{Name}-administrator", context.Values, Child()).Result;
        _password = new GcpSecret($"{Name}-administrator", password, context, Tags, Child(dependsOn: apis));
        var serving = machine.Serve(new()
        {
            Type = GcpMessageBrokerProducts.TypeOf(broker.Args.Size),
            DiskGiB = broker.Args.StorageGiB,
            Disk = GcpBrokerMachine.Disk,
            NetworkTag = MachineTag,
            Address = _address,
            Secrets = [("certificate", certificate), ("administrator", _password)],
            Script = Output.Tuple(certificate.VersionName, _password.VersionName)
                .Apply(secrets => GcpBrokerMachine.Script(broker.Args, secrets.Item1, secrets.Item2)),
            Apis = apis,
        });
        (_granter, _granterMember) = machine.Identify("grant", "Grants", apis);
        _granterReady =
        [
            serving,
            _password.AllowReading($"{Name}-administrator-reader", _granterMember, Child()),
            network.FirewallOf(GrantsTag).Egress(
                $"{Name}-grants-egress",
                $"Grants of {Name}",
                _address,
                Output.Create(GcpBrokerMachine.ManagementPort.ToString(CultureInfo.InvariantCulture)),
                Child()),
            .. runtime.Apis(JobKind.Instance),
        ];
        foreach (var (role, port) in Entrances())
        {
            network.FirewallOf(MachineTag).Ingress(
                $"{Name}-{role}-ingress", $"{role.ToUpperInvariant()} of {Name}", port, [network.Workloads.IpCidrRange], Child());
        }

        RegisterOutputs();
    }

    /// <summary>Where it is: firewall rules know addresses, not names.</summary>
    public Endpoint Endpoint => new(_address, Port, SpeaksTls: true);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Endpoint> OtherEndpoints => OtherEndpointsAt(_address);

    // Consumers' machines bear their names, which hold no two hyphens in a row: none of them passes for one of these.
    private string GrantsTag => $"{Name}--grants";

    private string MachineTag => $"{Name}--broker";

    /// <inheritdoc/>
    public void Admit(GcpGrantee grantee, string role)
    {
        grantee.Reach(role, Name, _address, Port);
        if (_mqtt) grantee.Reach($"{role}-mqtt", $"{Name} by MQTT", _address, MqttPort);
    }

    /// <inheritdoc/>
    public Connection Connect(GcpGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var name = $"{link.NameOn(Cloud)}-grant";
        var password = grantee.Password(link);
        var kept = grantee.Keep(link, "PASSWORD", password);
        // The ending keeps it apart from the administrator.
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

    // The network lets nobody out to the machine but whom a link says: of everybody's ways in, these are the ports.
    private IEnumerable<(string Role, int Port)> Entrances()
    {
        yield return ("amqp", AmqpPort);
        if (_mqtt) yield return ("mqtt", SecureMqttPort);
        yield return ("setup", GcpBrokerMachine.ManagementPort);
    }

    private CloudRun.Job Grant(
        string name,
        IReadOnlyList<Login> logins,
        IReadOnlyDictionary<string, string> labels,
        CustomResourceOptions options)
    {
        foreach (var resource in logins.Select(login => login.Reader).Concat(_granterReady)) options.DependsOn.Add(resource);
        var api = Output.Format($"https://{Host}:{GcpBrokerMachine.ManagementPort}/api");
        GcpVariable[] variables =
        [
            new(BrokerScript.Url, api),
            new(BrokerScript.CertificateAuthority, _authority),
            new(BrokerScript.Username, Output.Create(GcpBrokerMachine.Administrator)),
            new(BrokerScript.Password, _password),
            .. logins.Select(login => new GcpVariable(BrokerScript.PasswordOf(login.Name), login.Password)),
        ];
        return GcpJobRunner.Run(
            name,
            _context,
            new()
            {
                Image = Output.Create(PinnedImage.Curl.OnDockerHub),
                EntryPoint = BrokerScript.Of(logins.SelectMany(login =>
                    BrokerScript.Grant(login.Name, BrokerScript.PasswordOf(login.Name), BrokerRights.Of(login.Name, login.Intent)))),
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

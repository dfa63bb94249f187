using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Identities;
using Infra.Components.Jobs.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Gcp;
using Pulumi;

namespace Infra.Components.Brokers.Gcp;

/// <summary>
/// RabbitMQ on a machine of Compute Engine, whose messages lie on a disk that outlives it: Google Cloud has no broker that speaks AMQP, and
/// Cloud Run keeps neither connections of its own protocols nor disks. Its address and its name stay, whatever machine serves them. A job
/// in the network makes the logins of consumers through the management API.
/// </summary>
internal sealed class GcpMessageBroker : PlacedMessageBroker, ILinkTarget<GcpGrantee>, ISharedGrants
{
    private readonly bool _mqtt;
    private readonly Output<string> _address;
    private readonly Output<string> _authority;
    private readonly GcpRestLogins _logins;

    /// <summary>Builds the broker.</summary>
    public GcpMessageBroker(MessageBroker broker, GcpPrivateNetwork network, GcpRuntime runtime, GcpContext context)
        : base(broker.Args, context.Place(broker))
    {
        _mqtt = broker.Args.Mqtt;
        var machine = new GcpStoreMachine(Name, network, context, Tags, Child);
        Host = Output.Create($"{Name}.{context.PrivateDomain}");
        var apis = runtime.Apis(ServiceIdentityKind.Instance).ToList();
        _address = machine.Reserve(Host);
        var authority = new PrivateAuthority(Name, context.Values, () => Child());
        _authority = authority.Certificate.CertPem;
        var certificate = new GcpSecret(
            $"{Name}-certificate", authority.Sign([Host]).Bundle, context, Tags, Child(dependsOn: apis));
        var password = LoginPassword.Create($"{Name}-administrator", context.Values, Child()).Result;
        var administrator = new GcpSecret($"{Name}-administrator", password, context, Tags, Child(dependsOn: apis));
        var serving = machine.Serve(new()
        {
            Type = GcpMessageBrokerProducts.TypeOf(broker.Args.Size),
            DiskGiB = broker.Args.StorageGiB,
            Disk = GcpBrokerMachine.Disk,
            NetworkTag = MachineTag,
            Address = _address,
            Secrets = [("certificate", certificate), ("administrator", administrator)],
            Script = Output.Tuple(certificate.VersionName, administrator.VersionName)
                .Apply(secrets => GcpBrokerMachine.Script(broker.Args, secrets.Item1, secrets.Item2)),
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
                Port = GcpBrokerMachine.ManagementPort,
                Authority = _authority,
                Password = administrator,
                Labels = Tags,
                Child = Child,
            },
            BrokerScript.Logins,
            network,
            runtime,
            apis,
            context);
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

    // Consumers' machines bear their names, which hold no two hyphens in a row: none of them passes for this one.
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
        var (username, password, granted) = _logins.Connect(grantee, link, isRelayed: relay is not null);
        return ConnectionAt(relay, granted, username, password, _authority);
    }

    /// <inheritdoc/>
    public void CompleteGrants() => _logins.Complete();

    // The network lets nobody out to the machine but whom a link says: of everybody's ways in, these are the ports.
    private IEnumerable<(string Role, int Port)> Entrances()
    {
        yield return ("amqp", AmqpPort);
        if (_mqtt) yield return ("mqtt", SecureMqttPort);
        yield return ("setup", GcpBrokerMachine.ManagementPort);
    }
}

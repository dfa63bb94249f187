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
using Compute = Pulumi.Gcp.Compute;
using PrivateDns = Pulumi.Gcp.Dns;

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
    private readonly string _zone;
    private readonly Output<string> _address;
    private readonly Output<string> _authority;
    private readonly GcpSecret _password;
    private readonly Compute.Instance _machine;
    private readonly Account _granter;
    private readonly Output<string> _granterMember;
    private readonly IReadOnlyList<Resource> _granterReady;
    private readonly List<(GcpGrantee Grantee, Login Login)> _consumers = [];

    /// <summary>Builds the broker.</summary>
    public GcpMessageBroker(MessageBroker broker, GcpPrivateNetwork network, GcpRuntime runtime, GcpContext context)
        : base(broker.Args, context.Place(broker))
    {
        (_context, _network, _runtime, _mqtt) = (context, network, runtime, broker.Args.Mqtt);
        // Every region has a zone of this letter (Google Cloud documentation: regions and zones).
        _zone = $"{context.Region}-b";
        Host = Output.Create($"{Name}.{context.PrivateDomain}");
        var apis = runtime.Apis(ServiceIdentityKind.Instance).ToList();
        var reserved = new Compute.Address($"{Name}-address", new()
        {
            Project = context.Project,
            Region = context.Region,
            Subnetwork = network.Workloads.Id,
            AddressType = "INTERNAL",
            Labels = Tags.Input(),
        }, Child());
        _address = reserved.IPAddress;
        _ = new PrivateDns.RecordSet($"{Name}-name", new()
        {
            Project = context.Project,
            ManagedZone = network.Names.Name,
            Name = Output.Format($"{Host}."),
            Type = "A",
            Ttl = 60,
            Rrdatas = { _address },
        }, Child());

        var authority = new PrivateAuthority(Name, context.Values, () => Child());
        _authority = authority.Certificate.CertPem;
        var certificate = new GcpSecret(
            $"{Name}-certificate", authority.Sign([Host]).Bundle, context, Tags, Child(dependsOn: apis));
        var password = LoginPassword.Create($"{Name}-administrator", context.Values, Child()).Result;
        _password = new GcpSecret($"{Name}-administrator", password, context, Tags, Child(dependsOn: apis));
        _machine = Serve(broker.Args, certificate, apis);

        (_granter, _granterMember) = Identify("grant", "Grants", apis);
        _granterReady =
        [
            _machine,
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

    // One character more, and the longest name of a broker would not fit into the 30 of an account.
    private (Account Account, Output<string> Member) Identify(string role, string what, IEnumerable<Resource> apis)
    {
        var account = new Account(ShortName.Of($"{Name}-{role}", GcpNames.LongestAccount), new()
        {
            Project = _context.Project,
            DisplayName = $"{what} of {Name} of {_context.Stack}",
            DeletionPolicy = "DELETE",
        }, Child(dependsOn: apis));
        return (account, Output.Format($"serviceAccount:{account.Email}"));
    }

    private Compute.Instance Serve(MessageBrokerArgs args, GcpSecret certificate, IReadOnlyList<Resource> apis)
    {
        var disk = new Compute.Disk(Name, new()
        {
            Project = _context.Project,
            Zone = _zone,
            Type = "pd-balanced",
            Size = args.StorageGiB,
            DeletionPolicy = _context.DeletionPolicy,
            Labels = Tags.Input(),
        }, Child(protect: _context.Protect));
        var (account, member) = Identify("machine", "Machine", apis);
        Resource[] ready =
        [
            certificate.AllowReading($"{Name}-certificate-machine", member, Child()),
            _password.AllowReading($"{Name}-administrator-machine", member, Child()),
        ];
        var script = Output.Tuple(certificate.VersionName, _password.VersionName)
            .Apply(secrets => GcpBrokerMachine.Script(args, secrets.Item1, secrets.Item2));
        return new Compute.Instance($"{Name}-machine", new()
        {
            Project = _context.Project,
            Zone = _zone,
            MachineType = GcpMessageBrokerProducts.TypeOf(args.Size),
            AllowStoppingForUpdate = true,
            Tags = { MachineTag },
            Labels = Tags.Input(),
            BootDisk = new Compute.Inputs.InstanceBootDiskArgs
            {
                AutoDelete = true,
                InitializeParams = new Compute.Inputs.InstanceBootDiskInitializeParamsArgs
                {
                    Image = "projects/cos-cloud/global/images/family/cos-stable",
                    Size = 10,
                    Type = "pd-balanced",
                },
            },
            AttachedDisks =
            {
                new Compute.Inputs.InstanceAttachedDiskArgs { Source = disk.SelfLink, DeviceName = GcpBrokerMachine.Disk },
            },
            // No external address: it pulls its image through the gateway.
            NetworkInterfaces =
            {
                new Compute.Inputs.InstanceNetworkInterfaceArgs { Subnetwork = _network.Workloads.Id, NetworkIp = _address },
            },
            ServiceAccount = new Compute.Inputs.InstanceServiceAccountArgs { Email = account.Email, Scopes = { "cloud-platform" } },
            ShieldedInstanceConfig = new Compute.Inputs.InstanceShieldedInstanceConfigArgs
            {
                EnableSecureBoot = true,
                EnableVtpm = true,
                EnableIntegrityMonitoring = true,
            },
            Metadata = { ["block-project-ssh-keys"] = "true", ["google-logging-enabled"] = "true" },
            MetadataStartupScript = script,
            // Two machines can have neither one disk nor one address.
        }, Child(dependsOn: ready, deleteBeforeReplace: true));
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

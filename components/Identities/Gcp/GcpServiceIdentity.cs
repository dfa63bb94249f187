using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Services;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Gcp.ServiceAccount;
using Compute = Pulumi.Gcp.Compute;
using PrivateDns = Pulumi.Gcp.Dns;

namespace Infra.Components.Identities.Gcp;

/// <summary>
/// What a service or job is to Google Cloud: a service account, the network tag by which firewall rules know its machines and, for a
/// service that others call, an address with a name inside the network. These exist before any service does, so that services may call each
/// other.
/// </summary>
internal sealed class GcpServiceIdentity : PlacedComponent, ILinkTarget<GcpGrantee>
{
    private readonly GcpContext _context;
    private readonly GcpFirewall? _firewall;
    private readonly int _port;
    private readonly PrivateAuthority? _authority;

    /// <summary>The identity of a service or job that stands here.</summary>
    public GcpServiceIdentity(Consumer consumer, GcpPrivateNetwork network, GcpRuntime runtime, GcpContext context)
        : this(consumer.Name, consumer.Arguments.DataClass, runtime, context)
    {
        _firewall = network.FirewallOf(NetworkTag);
        if (consumer is ContainerService { Args.Port: { } port })
        {
            _port = port;
            HostName = $"{Name}.{context.PrivateDomain}";
        }

        // What is a machine of its own has an address in any case.
        var isMachine = consumer is ContainerService { Args.Devices: not null };
        if (HostName.Length > 0 && (isMachine || context.LinksTo(consumer).Any()))
        {
            var reserved = new Compute.AddressArgs
            {
                Project = context.Project,
                Region = context.Region,
                Subnetwork = network.Workloads.Id,
                AddressType = "INTERNAL",
                Labels = Tags.Input(),
            };

            // While the service's port changes, the entries of both ports stand on it.
            if (!isMachine) reserved.Purpose = "SHARED_LOADBALANCER_VIP";
            InternalAddress = new Compute.Address($"{Name}-address", reserved, Child());
            Endpoint = new(InternalAddress.IPAddress, Output.Create(_port.ToString(CultureInfo.InvariantCulture)), SpeaksTls: false);
            _ = new PrivateDns.RecordSet($"{Name}-name", new()
            {
                Project = context.Project,
                ManagedZone = network.Names.Name,
                Name = $"{HostName}.",
                Type = "A",
                Ttl = 60,
                Rrdatas = { InternalAddress.IPAddress },
            }, Child());
            if (consumer is ContainerService { Args.Spoken: ServiceProtocol.Grpc })
            {
                _authority = new PrivateAuthority(Name, context.Values, () => Child());
                Certificate = _authority.Sign([HostName]);
            }
        }

        RegisterOutputs();
    }

    private GcpServiceIdentity(string name, DataClass dataClass, GcpRuntime runtime, GcpContext context)
        : base(context.Place(ServiceIdentityKind.Instance, name, dataClass))
    {
        _context = context;
        var account = new Account(ShortName.Of(Name, GcpNames.LongestAccount), new()
        {
            Project = context.Project,
            DisplayName = $"{Name} of {context.Stack}",
            DeletionPolicy = "DELETE",
        }, Child(dependsOn: runtime.Apis(Kind)));
        Email = account.Email;
        Member = Output.Format($"serviceAccount:{account.Email}");
    }

    /// <summary>The service account's address.</summary>
    [Output]
    public Output<string> Email { get; private set; }

    /// <summary>The service account as IAM names it.</summary>
    public Output<string> Member { get; }

    /// <summary>The tag by which firewall rules know its machines.</summary>
    public string NetworkTag => Name;

    /// <summary>The address at which others call the service; null when nobody does.</summary>
    public Compute.Address? InternalAddress { get; }

    /// <summary>The name by which others call the service; it resolves once somebody does. Empty for workers and jobs.</summary>
    public string HostName { get; } = "";

    /// <summary>The certificate of the balancer in front of a service that speaks gRPC and is called; null of every other.</summary>
    public ServerCertificate? Certificate { get; }

    /// <summary>The address and port at which the service is called; only for one that is.</summary>
    public Endpoint? Endpoint { get; }

    /// <summary>
    /// The identity of a consumer that stands on another cloud: the holder of its keys and logins here.
    /// </summary>
    public static GcpServiceIdentity OfCrossCloud(Standing consumer, GcpRuntime runtime, GcpContext context)
    {
        var identity = new GcpServiceIdentity(consumer.NameOn(context.Cloud), consumer.Arguments.DataClass, runtime, context);
        identity.RegisterOutputs();
        return identity;
    }

    /// <summary>The consumer as a receiver of grants.</summary>
    /// <param name="holder">The component whose children the grants are.</param>
    public GcpGrantee GranteeOf(ComponentResource holder) => new(holder, Name, Email, Member, _firewall, _context);

    /// <inheritdoc/>
    public void Admit(GcpGrantee grantee, string role) => grantee.Reach(
        // Another port is another rule: replicas that know the former one use it until they are gone.
        string.Create(CultureInfo.InvariantCulture, $"{role}-{_port}"),
        Name,
        Endpoint!.Host,
        Endpoint.Port);

    /// <inheritdoc/>
    public Connection Connect(GcpGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        if (relay is not null)
        {
            return ServiceConnection.ToCrossCloud(
                relay.Address,
                Output.Create(relay.Port.ToString(CultureInfo.InvariantCulture)),
                relay.CertificateAuthority);
        }

        // Beside a job nothing goes on.
        if (_authority is null || link.Consumer.Component is not ContainerService) return ServiceConnection.To(HostName, _port);
        var port = RelayPorts.Of(_context.Blueprint.Settings, Name);
        grantee.Forward(new(Name, HostName, _port, port, _authority.Certificate.CertPem));
        return ServiceConnection.To(GcpForward.LocalHost, port);
    }
}

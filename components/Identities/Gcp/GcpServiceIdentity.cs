using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Connections;
using Infra.Components.Networks.Gcp;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Services;
using Infra.Components.Systems;
using Pulumi;
using Compute = Pulumi.Gcp.Compute;
using PrivateDns = Pulumi.Gcp.Dns;
using Pulumi.Gcp.ServiceAccount;

namespace Infra.Components.Identities.Gcp;

/// <summary>
/// What a service or job is to Google Cloud: a service account, the network tag by which firewall rules know its machines and, for a service
/// that others call, an address with a name inside the network. These exist before any service does, so that services may call each other.
/// </summary>
internal sealed class GcpServiceIdentity : PlacedComponent, IGcpTarget
{
    private readonly Output<string>? _address;
    private readonly int _port;

    /// <summary>The identity of a service or job that stands here.</summary>
    public GcpServiceIdentity(Consumer consumer, GcpPrivateNetwork network, GcpRuntime runtime, GcpContext context)
        : this(consumer, runtime, context)
    {
        if (consumer is ContainerService { Args.Port: { } port })
        {
            _port = port;
            HostName = $"{Name}.{context.PrivateDomain}";
        }

        if (HostName.Length > 0 && context.Blueprint.LinksTo(consumer).Any())
        {
            InternalAddress = new Compute.Address($"{Name}-address", new()
            {
                Project = context.Project,
                Region = context.Region,
                Subnetwork = network.Workloads.Id,
                AddressType = "INTERNAL",
                Purpose = "GCE_ENDPOINT",
                Labels = Tags.Input(),
            }, Child());
            _address = InternalAddress.IPAddress;
            _ = new PrivateDns.RecordSet($"{Name}-name", new()
            {
                Project = context.Project,
                ManagedZone = network.Names.Name,
                Name = $"{HostName}.",
                Type = "A",
                Ttl = 60,
                Rrdatas = { _address },
            }, Child());
        }

        RegisterOutputs();
    }

    /// <summary>The identity of a consumer that stands on another cloud: the holder of its keys and logins here.</summary>
    public static GcpServiceIdentity OfForeign(Consumer consumer, GcpRuntime runtime, GcpContext context)
    {
        var identity = new GcpServiceIdentity(consumer, runtime, context);
        identity.RegisterOutputs();
        return identity;
    }

    private GcpServiceIdentity(Consumer consumer, GcpRuntime runtime, GcpContext context)
        : base(context.Place(ComponentKind.ServiceIdentity, consumer.Name, consumer.Arguments.DataClass))
    {
        var account = new Account(Name, new()
        {
            Project = context.Project,
            DisplayName = $"{Name} of {context.Blueprint.Settings.Stack}",
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

    /// <summary>The address and port at which the service is called; only for one that is.</summary>
    public (Output<string> Address, int Port) Endpoint => (_address!, _port);

    /// <inheritdoc/>
    public Connection Connect(GcpConsumer consumer, Link link)
    {
        consumer.Reaches(link, _address!, Output.Create(_port.ToString(CultureInfo.InvariantCulture)));
        return Connection.ToService(HostName, _port);
    }
}

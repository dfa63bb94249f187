using System.Globalization;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Networks.Scaleway;
using Pulumi;
using Rdb = Pulumiverse.Scaleway.Databases;
using RdbInputs = Pulumiverse.Scaleway.Databases.Inputs;

namespace Infra.Components.Databases.Scaleway;

/// <summary>
/// A replica of an instance on a node of the same type, with an address of its own in the private network. Its certificate is the
/// instance's, of which no public source says that it names the replica's address.
/// </summary>
internal sealed class ScalewayReadReplica : ScalewayDatabase
{
    private readonly ReadReplica _replica;
    private readonly ScalewayManagedDatabase _server;
    private readonly IReadOnlyList<Resource> _ways;

    /// <summary>Builds the replica.</summary>
    /// <param name="replica">The declared replica.</param>
    /// <param name="server">What it copies.</param>
    /// <param name="database">The database that its consumers read: the server's own or another.</param>
    /// <param name="network">The network in which it stands.</param>
    /// <param name="before">The replicas of the server that are made first: an instance makes one at a time.</param>
    /// <param name="context">The stack's context.</param>
    public ScalewayReadReplica(
        ReadReplica replica,
        ScalewayManagedDatabase server,
        ScalewayDatabase database,
        ScalewayPrivateNetwork network,
        IEnumerable<ScalewayReadReplica> before,
        ScalewayContext context)
        : base(replica.Args.Of.Args, replica.Args.Contents(replica.Name), context.Place(replica), context)
    {
        (_replica, _server) = (replica, server);
        Administrator = database.Administrator;
        Ready = database.Ready;
        var options = Child(dependsOn: before.Select(other => other.Holder), deleteBeforeReplace: true);

        // The provider takes another instance for the same one.
        options.ReplaceOnChanges.Add("instanceId");
        options.CustomTimeouts = new CustomTimeouts { Create = TimeSpan.FromMinutes(60), Delete = TimeSpan.FromMinutes(60) };
        Holder = new Rdb.ReadReplica(
            Name,
            new()
            {
                InstanceId = server.Instance.Id,
                Region = context.Region,
                SameZone = true,
                PrivateNetwork = new RdbInputs.ReadReplicaPrivateNetworkArgs
                {
                    PrivateNetworkId = network.NetworkId,
                    EnableIpam = true,
                },
            },
            options);

        var port = Holder.PrivateNetwork.Apply(endpoint => endpoint!.Port!.Value);
        Host = Holder.PrivateNetwork.Apply(endpoint => endpoint!.Ip!);
        Port = port.Apply(number => number.ToString(CultureInfo.InvariantCulture));
        Database = Output.Create(replica.Args.Contents(Name).Database);
        CertificateAuthority = server.CertificateAuthority;
        _ways = NetworkAccess.LeaveTo(replica, context, Tags, NetworkAccess.Addresses(Output.Format($"{Host}/32")), port);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override PlacedDatabase Writer => _server;

    /// <inheritdoc/>
    public override string Server => _server.Name;

    /// <inheritdoc/>
    public override bool NamesItsHost => false;

    /// <inheritdoc/>
    public override Rdb.Instance Instance => _server.Instance;

    /// <summary>The replica itself.</summary>
    public Rdb.ReadReplica Holder { get; }

    /// <inheritdoc/>
    protected override bool IsMadeWithLogins => _replica.Args.Database is not null && Args.Engine == DatabaseEngine.PostgreSql;

    /// <inheritdoc/>
    public override void Admit(KubernetesGrantee grantee, string role) => grantee.Reach(Name, _ways);
}

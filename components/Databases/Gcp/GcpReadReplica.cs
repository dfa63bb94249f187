using System.Globalization;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Runtimes.Gcp;
using Pulumi;
using Sql = Pulumi.Gcp.Sql;

namespace Infra.Components.Databases.Gcp;

/// <summary>
/// A replica of a Cloud SQL instance in one zone, with an address and an authority of its own. It takes over the disk and the databases,
/// and is upgraded with its server.
/// </summary>
internal sealed class GcpReadReplica : GcpDatabase
{
    private readonly GcpManagedDatabase _server;

    /// <summary>Builds the replica.</summary>
    /// <param name="replica">The declared replica.</param>
    /// <param name="server">What it copies.</param>
    /// <param name="database">The database that its consumers read: the server's own or another.</param>
    /// <param name="runtime">Where jobs run.</param>
    /// <param name="context">What every component needs.</param>
    public GcpReadReplica(
        ReadReplica replica,
        GcpManagedDatabase server,
        GcpDatabase database,
        GcpRuntime runtime,
        GcpContext context)
        : base(replica.Args.Of.Args, replica.Args.Contents(replica.Name), context.Place(replica), runtime, context)
    {
        _server = server;
        Granter = database.Granter;

        // The server's upgrade raises it too.
        var options = Child(ignoreChanges: ["databaseVersion"]);
        options.CustomTimeouts = GcpManagedDatabase.Patience;
        var instance = new Sql.DatabaseInstance(Name, new()
        {
            Project = context.Project,
            Region = context.Region,
            DatabaseVersion = GcpManagedDatabase.VersionOf(Args),
            MasterInstanceName = server.Instance,
            InstanceType = "READ_REPLICA_INSTANCE",

            // What it holds is the server's.
            DeletionProtection = false,
            DeletionPolicy = "DELETE",
            Settings = GcpManagedDatabase.ReplicaSettings(replica, server.Network, Tags),
        }, options);

        Host = instance.PrivateIpAddress;
        Port = Output.Create(Args.Port.ToString(CultureInfo.InvariantCulture));
        Database = Output.Create(replica.Args.Contents(Name).Database);
        CertificateAuthority = GcpManagedDatabase.AuthorityOf(instance);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override PlacedDatabase Writer => _server;

    /// <inheritdoc/>
    public override Output<string> Instance => _server.Instance;

    /// <inheritdoc/>
    public override GcpPrivateNetwork Network => _server.Network;

    /// <inheritdoc/>
    public override GcpDatabaseGranter Granter { get; }

    /// <inheritdoc/>
    public override string GrantsTag => _server.GrantsTag;
}

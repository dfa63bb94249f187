using Infra.Components.Clouds.Kubernetes;

namespace Infra.Components.Databases.Kubernetes;

/// <summary>
/// A further database of a server in the cluster: of PostgreSQL an object of its own, of MySQL made by the job that sets up its first
/// login, because MySQL's operator makes servers, not databases.
/// </summary>
internal sealed class KubernetesLogicalDatabase : ClusterDatabase
{
    private readonly ClusterDatabase _server;

    /// <summary>Creates the database.</summary>
    /// <param name="database">The declared database.</param>
    /// <param name="server">The server.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesLogicalDatabase(LogicalDatabase database, ClusterDatabase server, KubernetesContext context)
        : base(
            database.Args.Server.Args,
            database.Args.Contents(database.Name),
            context.PlaceInCluster(database) with { RunsOn = server.RunsOn })
    {
        _server = server;
        StandOn(server);
        Administrator = server.Administrator;
        Ready = server.Ready;
        if (server is KubernetesPostgreSql postgreSql)
        {
            var contained = KubernetesPostgreSql.Contain(
                Name,
                server.Name,
                database.Args.Contents(Name),
                context.Running.Metadata(Name, Tags),
                Child(protect: context.Protect, dependsOn: [postgreSql.Holder]));
            Ready = [.. server.Ready, contained];
        }

        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override string Server => _server.Name;

    /// <inheritdoc/>
    protected override bool IsMadeWithLogins => Args.Engine == DatabaseEngine.MySql;

    /// <inheritdoc/>
    public override void Admit(KubernetesGrantee grantee, string role) => _server.Admit(grantee, role);
}

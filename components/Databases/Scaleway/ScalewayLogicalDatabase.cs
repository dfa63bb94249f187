using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Rdb = Pulumiverse.Scaleway.Databases;

namespace Infra.Components.Databases.Scaleway;

/// <summary>A further database of an instance: of MySQL by the API, of PostgreSQL by the job that sets up its first login.</summary>
internal sealed class ScalewayLogicalDatabase : ScalewayDatabase
{
    private readonly ScalewayManagedDatabase _server;

    /// <summary>Builds the database.</summary>
    public ScalewayLogicalDatabase(LogicalDatabase database, ScalewayManagedDatabase server, ScalewayContext context)
        : base(database.Args.Server.Args, database.Args.Contents(database.Name), context.Place(database), context)
    {
        _server = server;
        StandOn(server);
        Administrator = server.Administrator;
        Ready = IsMadeWithLogins ? server.Ready : [.. server.Ready, Contain(Name, database.Args.Database)];
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override string Server => _server.Name;

    /// <inheritdoc/>
    public override Rdb.Instance Instance => _server.Instance;

    /// <inheritdoc/>
    protected override bool IsMadeWithLogins => Args.Engine == DatabaseEngine.PostgreSql;

    /// <inheritdoc/>
    public override void Admit(KubernetesGrantee grantee, string role) => _server.Admit(grantee, role);
}

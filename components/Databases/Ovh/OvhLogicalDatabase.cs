using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Databases.Kubernetes;

namespace Infra.Components.Databases.Ovh;

/// <summary>A further database of OVHcloud's nodes, which the API makes.</summary>
internal sealed class OvhLogicalDatabase : ClusterDatabase
{
    private readonly OvhManagedDatabase _server;

    /// <summary>Builds the database.</summary>
    public OvhLogicalDatabase(LogicalDatabase database, OvhManagedDatabase server, OvhContext context)
        : base(database.Args.Server.Args, database.Args.Contents(database.Name), context.Place(database))
    {
        _server = server;
        StandOn(server);
        Administrator = server.Administrator;
        Ready = [.. server.Ready, server.Contain(Name, database.Args.Database, Child(protect: context.Protect))];
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override string Server => _server.Name;

    /// <inheritdoc/>
    public override bool NamesItsHost => _server.NamesItsHost;

    /// <inheritdoc/>
    public override void Admit(KubernetesGrantee grantee, string role) => _server.Admit(grantee, role);
}

using System.Globalization;
using Infra.Components.Clouds.Kubernetes;
using Pulumi;

namespace Infra.Components.Databases.Kubernetes;

/// <summary>
/// What stands in for a replica of MySQL, whose operator makes none: the routers' port for readers, behind which the standbys answer, and
/// the server itself where there is none.
/// </summary>
internal sealed class KubernetesMySqlReplica : ClusterDatabase
{
    // The routers' port for reading, which their service has too (the operator's source: router_objects).
    private const int ReaderPort = 6447;

    private readonly ReadReplica _replica;
    private readonly KubernetesMySql _server;
    private readonly IReadOnlyList<Resource> _ways;

    /// <summary>Creates it.</summary>
    /// <param name="replica">The declared replica.</param>
    /// <param name="server">The server.</param>
    /// <param name="database">The database that its consumers read: the server's own or another.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesMySqlReplica(ReadReplica replica, KubernetesMySql server, ClusterDatabase database, KubernetesContext context)
        : base(
            replica.Args.Of.Args,
            replica.Args.Contents(replica.Name),
            context.PlaceInCluster(replica) with { RunsOn = KubernetesMySql.Product })
    {
        (_replica, _server) = (replica, server);
        StandOn(server);
        Port = Output.Create(ReaderPort.ToString(CultureInfo.InvariantCulture));
        Administrator = database.Administrator;
        Ready = database.Ready;
        _ways = context.LinksTo(replica).Any()
            ? NetworkAccess.Open(Name, context.Running, Tags, server.Routers, ReaderPort)
            : [];
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override PlacedDatabase Writer => _server;

    /// <inheritdoc/>
    public override string Server => _server.Name;

    /// <inheritdoc/>
    protected override bool IsMadeWithLogins => _replica.Args.Database is not null;

    /// <inheritdoc/>
    public override void Admit(KubernetesGrantee grantee, string role) => grantee.Reach(Name, _ways);
}

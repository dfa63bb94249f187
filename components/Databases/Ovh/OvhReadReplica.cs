using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Databases.Kubernetes;
using Infra.Components.Networks.Ovh;
using Pulumi;

namespace Infra.Components.Databases.Ovh;

/// <summary>
/// What stands in for a replica where there is none: consumers enter at the server itself, by logins that only read.
/// </summary>
internal sealed class OvhReadReplica : ClusterDatabase
{
    private readonly OvhManagedDatabase _server;
    private readonly IReadOnlyList<Resource> _ways;

    /// <summary>Builds it.</summary>
    /// <param name="replica">The declared replica.</param>
    /// <param name="server">What it would copy.</param>
    /// <param name="database">The database that its consumers read: the server's own or another.</param>
    /// <param name="network">The network in which the server stands.</param>
    /// <param name="context">The stack.</param>
    public OvhReadReplica(
        ReadReplica replica,
        OvhManagedDatabase server,
        ClusterDatabase database,
        OvhPrivateNetwork network,
        OvhContext context)
        : base(replica.Args.Of.Args, replica.Args.Contents(replica.Name), context.Place(replica))
    {
        _server = server;
        StandOn(server);
        Administrator = database.Administrator;
        Ready = database.Ready;
        _ways = NetworkAccess.LeaveTo(replica, context, Tags, NetworkAccess.Addresses(network.Subnet), server.Number);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override string Server => _server.Name;

    /// <inheritdoc/>
    public override bool NamesItsHost => _server.NamesItsHost;

    /// <inheritdoc/>
    public override void Admit(KubernetesGrantee grantee, string role) => grantee.Reach(Name, _ways);
}

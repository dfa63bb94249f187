using Infra.Components.Systems;

namespace Infra.Components.Databases;

/// <summary>
/// A copy of a server for readers. A consumer's login is made on the server, as every other, and arrives in the replica with the rows.
/// </summary>
public sealed class ReadReplicaKind : ComponentKind
{
    private ReadReplicaKind()
        : base("ReadReplica", BuildStage.Store)
    {
    }

    /// <summary>The kind.</summary>
    public static ReadReplicaKind Instance { get; } = new();

    /// <inheritdoc/>
    public override IReadOnlyList<ConnectionKey> ConnectionKeys => ManagedDatabaseKind.Instance.ConnectionKeys;

    /// <inheritdoc/>
    public override IReadOnlyList<Intent> IntentsOn(Component component) => [Intent.Read];

    /// <inheritdoc/>
    public override Reach ReachOf(Component component) => Reach.Relay;
}

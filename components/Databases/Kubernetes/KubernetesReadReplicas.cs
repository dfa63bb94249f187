using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Systems;

namespace Infra.Components.Databases.Kubernetes;

/// <summary>Read replicas in a given cluster.</summary>
internal sealed class KubernetesReadReplicas()
    : Provision<ReadReplica, KubernetesContext>(
        ReadReplicaKind.Instance,
        new(Backing.InCluster, $"{KubernetesPostgreSql.Product}, {KubernetesMySql.Product}"))
{
    private static readonly Gap Machine = new(
        ReplicaChecks.OwnMachine,
        "MySQL has no replica besides the servers: the standbys that high availability brings answer readers, and without it the server "
        + "itself.")
    {
        Rule = ReplicaChecks.MachineOfItsOwn,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [Machine, VolumeEncryption.Gap];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(ReadReplica component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(ReadReplica component, CloudChecks checks)
    {
        var server = component.Args.Of;
        if (server.Args.Engine == DatabaseEngine.PostgreSql)
        {
            VolumeEncryption.Check(component, checks);
            return;
        }

        checks.Lacks(
            Machine,
            component,
            $"Size is {component.Args.EffectiveSize}, and MySQL's operator makes no replica of '{server.Name}': its consumers are answered "
            + "by "
            + (server.Args.HighAvailability
                ? "the standbys, which have the server's size."
                : "the server itself, because HighAvailability is off."),
            $"Choose the size of '{server.Name}' for both");
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(ReadReplica component, KubernetesContext context)
    {
        var database = context.Of<ClusterDatabase>(component.WrittenAt);
        return component.Args.Of.Args.Engine == DatabaseEngine.PostgreSql
            ? new KubernetesPostgreSqlReplica(component, context.Of<KubernetesPostgreSql>(component.Args.Of), database, context)
            : new KubernetesMySqlReplica(component, context.Of<KubernetesMySql>(component.Args.Of), database, context);
    }
}

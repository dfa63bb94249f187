using Infra.Components.Clouds;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Databases.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Networks.Ovh;
using Infra.Components.Systems;

namespace Infra.Components.Databases.Ovh;

/// <summary>
/// Read replicas on OVHcloud, which has none that can be asked for: the standbys of a plan take over, and no public source says that its
/// API gives them an address.
/// </summary>
internal sealed class OvhReadReplicas()
    : Provision<ReadReplica, OvhContext>(ReadReplicaKind.Instance, new(Backing.Native, "OVHcloud Public Cloud Databases"))
{
    private static readonly Gap Machine = new(
        ReplicaChecks.OwnMachine,
        "There is no replica: consumers read from the server itself, by logins that only read.")
    {
        Rule = ReplicaChecks.MachineOfItsOwn,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [Machine];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(ReadReplica component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(ReadReplica component, CloudChecks checks) => checks.Lacks(
        Machine,
        component,
        $"Size is {component.Args.EffectiveSize}, and OVHcloud makes no replica of '{component.Args.Of.Name}': its consumers read from the "
        + "server itself, which does their work too.",
        $"Choose the size of '{component.Args.Of.Name}' for both");

    /// <inheritdoc/>
    protected override PlacedComponent Build(ReadReplica component, OvhContext context) => new OvhReadReplica(
        component,
        context.Of<OvhManagedDatabase>(component.Args.Of),
        context.Of<ClusterDatabase>(component.WrittenAt),
        context.Get<OvhPrivateNetwork>(),
        context);
}

using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Runtimes.Gcp;

namespace Infra.Components.Databases.Gcp;

/// <summary>Read replicas on Google Cloud.</summary>
internal sealed class GcpReadReplicas()
    : Provision<ReadReplica, GcpContext>(ReadReplicaKind.Instance, new(Backing.Native, "Cloud SQL"))
{
    // Google Cloud documentation, Cloud SQL quotas and limits: read replicas per primary instance, 2026-11.
    private const int Most = 10;

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [new("verified tls", "Clients verify the server's authority, not its name.")];

    /// <inheritdoc/>
    protected override void Check(ReadReplica component, CloudChecks checks)
    {
        ReplicaChecks.CheckNumber(component, Most, checks);
        ReplicaChecks.CheckMachine(
            component,
            component.Args.Of.Args.Tweak<GcpDatabaseTweak>()?.Tier,
            "GcpDatabaseTweak.Tier",
            checks);
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(ReadReplica component, GcpContext context) => new GcpReadReplica(
        component,
        context.Of<GcpManagedDatabase>(component.Args.Of),
        context.Of<GcpDatabase>(component.WrittenAt),
        context.Get<GcpRuntime>(),
        context);
}

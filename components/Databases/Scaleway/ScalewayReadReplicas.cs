using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Networks;
using Infra.Components.Networks.Scaleway;
using Infra.Components.Systems;

namespace Infra.Components.Databases.Scaleway;

/// <summary>Read replicas on Scaleway.</summary>
internal sealed class ScalewayReadReplicas()
    : Provision<ReadReplica, ScalewayContext>(ReadReplicaKind.Instance, new(Backing.Native, "Scaleway Managed Database"))
{
    // The API's description: CreateReadReplica.
    private const int Most = 3;

    private static readonly Rule Machine = Rule.Error("scaleway-read-replica-size", "A replica on Scaleway has its server's size");

    private static readonly Gap SameSize = new(ReplicaChecks.OwnSize, "Replicas have nodes of their server's type.") { Rule = Machine };

    private static readonly Gap Upgrade = new(
        ReplicaChecks.UpgradeWithReplicas,
        "A server's version is raised without its replicas: take them away before, and declare them again after.");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        SameSize,
        Upgrade,
        new("refuses plain text", "Replicas accept plain connections too; consumers are told to use TLS."),
        new("verified tls", "Clients verify the server's authority, not its name."),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(ReadReplica component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(ReadReplica component, CloudChecks checks)
    {
        ReplicaChecks.CheckNumber(component, Most, checks);
        var (size, server) = (component.Args.EffectiveSize, component.Args.Of);
        if (size <= server.Args.Size) return;
        checks.Lacks(
            SameSize,
            component,
            $"Size is {size}; allowed: {server.Args.Size}, which '{server.Name}' has.",
            $"Leave Size out, raise the size of '{server.Name}'");
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(ReadReplica component, ScalewayContext context) => new ScalewayReadReplica(
        component,
        context.Of<ScalewayManagedDatabase>(component.Args.Of),
        context.Of<ScalewayDatabase>(component.WrittenAt),
        context.Get<ScalewayPrivateNetwork>(),
        ReplicaChecks.Of(component.Args.Of, context)
            .TakeWhile(other => other != component)
            .Select(context.Of<ScalewayReadReplica>),
        context);
}

using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Networks;
using Infra.Components.Networks.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Databases.Aws;

/// <summary>Read replicas on AWS.</summary>
internal sealed class AwsReadReplicas()
    : Provision<ReadReplica, AwsContext>(ReadReplicaKind.Instance, new(Backing.Native, "Amazon RDS"))
{
    // Amazon RDS User Guide, working with DB instance read replicas: PostgreSQL and MySQL, 2026-11.
    private const int Most = 15;

    private static readonly Rule Password = Rule.Info(
        "aws-read-replica-password",
        "The administrator's password of a server is changed by itself");

    private static readonly Gap Rotation = new(
        "rotation of the administrator",
        "The server's administrator keeps the password that it was made with: RDS copies no server whose password it changes.")
    {
        Rule = Password,
    };

    private static readonly Gap Upgrade = new(
        ReplicaChecks.UpgradeWithReplicas,
        "A server's version is raised without its replicas: take them away before, and declare them again after.");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [Rotation, Upgrade];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(ReadReplica component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(ReadReplica component, CloudChecks checks)
    {
        ReplicaChecks.CheckNumber(component, Most, checks);
        ReplicaChecks.CheckMachine(
            component,
            component.Args.Of.Args.Tweak<AwsDatabaseTweak>()?.InstanceClass,
            "AwsDatabaseTweak.InstanceClass",
            checks);
        checks.Lacks(
            Rotation,
            component,
            $"'{component.Args.Of.Name}' has replicas, and RDS copies no server whose administrator's password it changes every week: the "
            + "stack makes the password and keeps it.",
            "Change it by hand: 'pulumi up --replace' with the URN of its administrator's password");
        AwsGroupRules.CheckConsumers(component, checks);
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(ReadReplica component, AwsContext context) => new AwsReadReplica(
        component,
        context.Of<AwsManagedDatabase>(component.Args.Of),
        context.Get<AwsPrivateNetwork>(),
        context.Find<AwsRuntime>(),
        context);
}

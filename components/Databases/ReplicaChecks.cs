using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Components.Databases;

/// <summary>What clouds check of read replicas alike.</summary>
internal static class ReplicaChecks
{
    /// <summary>The promise that a replica is a machine besides its server's.</summary>
    public const string OwnMachine = "a machine of its own";

    /// <summary>The promise that its size is chosen.</summary>
    public const string OwnSize = "a size of its own";

    /// <summary>The promise that a server is upgraded with its replicas.</summary>
    public const string UpgradeWithReplicas = "upgrade with replicas";

    private static readonly Rule Number = Rule.Error("read-replica-number", "A server has no more replicas than its cloud makes of one");
    private static readonly Rule Machine = Rule.Error("read-replica-machine", "A replica's machine is no smaller than its server's");

    /// <summary>The rule that a replica breaks whose consumers are answered by another machine.</summary>
    public static Rule MachineOfItsOwn { get; } = Rule.Warning(
        "read-replica-machine-of-its-own",
        "Who reads from a replica is answered by a machine that does nothing else");

    /// <summary>The replicas of a server that stand where it does.</summary>
    public static IEnumerable<ReadReplica> Of(ManagedDatabase server, CloudContext context) =>
        context.On<ReadReplica>().Where(replica => replica.Args.Of == server);

    /// <summary>Reports a replica that the cloud no longer makes, because its server has as many as it may have.</summary>
    public static void CheckNumber(ReadReplica replica, int most, CloudChecks checks)
    {
        var others = checks.On<ReadReplica>().Where(other => other.Args.Of == replica.Args.Of).ToList();
        if (others.IndexOf(replica) < most) return;
        checks.Guard(replica, Number).Refuse(
            nameof(ReadReplicaArgs.Of),
            string.Create(CultureInfo.InvariantCulture, $"'{replica.Args.Of.Name}', which has {others.Count} replicas"),
            string.Create(CultureInfo.InvariantCulture, $"a server with {most} at most on {checks.Cloud.Name()}"),
            "Remove some, or let their consumers share one");
    }

    /// <summary>
    /// Reports a size beside a machine that a tweak names for the server, because nothing says which of the two is the smaller one.
    /// </summary>
    /// <param name="replica">The replica.</param>
    /// <param name="machine">The server's machine that a tweak names; null for that of its size.</param>
    /// <param name="tweak">The tweak's property.</param>
    /// <param name="checks">Where findings go.</param>
    public static void CheckMachine(ReadReplica replica, string? machine, string tweak, CloudChecks checks)
    {
        if (machine is null || replica.Args.Size is not { } size) return;
        checks.Guard(replica, Machine).Refuse(
            nameof(ReadReplicaArgs.Size),
            $"{size}, and {tweak} of '{replica.Args.Of.Name}' is {machine}",
            "none, which is the server's own machine",
            $"Remove Size, or remove {tweak} from '{replica.Args.Of.Name}'");
    }
}

using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Components.Databases;

/// <summary>
/// Carries the rows of MySQL by a dump: a worker rehearses it into the new copy while the old one serves, and a job does it for good while
/// nobody writes. No pair of clouds replicates between two servers that are there. Amazon RDS takes an external source by a procedure of
/// its administrator's, Cloud SQL only into an instance that is made as a replica, Scaleway and OVHcloud not at all; and a worker that
/// applies the binary log needs <c>BINLOG_ADMIN</c> or <c>REPLICATION_APPLIER</c>, which is among the privileges of no managed server's
/// administrator.
/// </summary>
internal static class MySqlMover
{
    private const string Rehearse = "rehearse";
    private const string Copy = "move";

    /// <summary>Dump and load, while nobody writes.</summary>
    public static readonly MoveWay Dump = new(
        "dump",
        "While nobody writes, all of it is dumped, loaded into the new copy and compared; a rehearsal in the new copy says before how long "
        + "that takes and what would not go. What is written to the new copy afterwards is not carried back.")
    {
        Pauses = true,
    };

    /// <summary>The ways in which a database's rows can be moved.</summary>
    public static IReadOnlyList<MoveWay> Ways { get; } = [Dump];

    /// <summary>What carries the rows of a database in the state in which it is.</summary>
    /// <param name="move">The database on its way.</param>
    public static IEnumerable<Implied> Of(Move move) => move.State switch
    {
        MigrationState.Migrated => [DatabaseMover.Always(move, Rehearse, MySqlMove.Rehearsal, PinnedImage.MySql)],
        MigrationState.Paused => [DatabaseMover.Once(move, Copy, MySqlMove.Command, PinnedImage.MySql)],
        _ => [],
    };
}

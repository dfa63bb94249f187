using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Components.Databases;

/// <summary>
/// Carries the rows of PostgreSQL. By <c>dump</c>, which every pair of clouds can, a worker rehearses while the old copy serves, and a job
/// copies everything while nobody writes.
/// </summary>
internal static class PostgreSqlMover
{
    private const string Rehearse = "rehearse";
    private const string Copy = "move";

    /// <summary>Dump and restore, while nobody writes.</summary>
    public static readonly MoveWay Dump = new(
        "dump",
        "A dump is restored while nobody writes, which a rehearsal does before without keeping it, and says how long it takes.")
    {
        Pauses = true,
    };

    /// <summary>The ways of a server's databases, the usual one first.</summary>
    public static IReadOnlyList<MoveWay> WaysOf(ManagedDatabase server, Cloud from, Cloud to) => [Dump];

    /// <summary>What carries the rows of a database in the state in which it is.</summary>
    public static IEnumerable<Implied> Of(Move move) => move.State switch
    {
        MigrationState.Migrated => [DatabaseMover.Always(move, Rehearse, PostgreSqlMove.Rehearsal, PinnedImage.PostgreSql)],
        MigrationState.Paused => [DatabaseMover.Once(move, Copy, PostgreSqlMove.Command, PinnedImage.PostgreSql)],
        _ => [],
    };
}

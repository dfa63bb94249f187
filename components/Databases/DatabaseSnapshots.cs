using Infra.Components.Checks;
using Infra.Components.Clouds;

namespace Infra.Components.Databases;

/// <summary>Databases that begin from a snapshot of their cloud, and where they cannot.</summary>
internal static class DatabaseSnapshots
{
    private static readonly Rule Restored = Rule.Error(
        "database-snapshot",
        "Databases begin from snapshots that can be restored as they are");

    /// <summary>The gap of a cloud that cannot restore one as a database is here.</summary>
    /// <param name="why">Why it cannot.</param>
    public static Gap None(string why) => new("beginning from a snapshot", why) { Rule = Restored };

    /// <summary>Refuses one on such a cloud.</summary>
    /// <param name="database">The database.</param>
    /// <param name="gap">The cloud's gap.</param>
    /// <param name="checks">Where the finding goes.</param>
    public static void Refuse(ManagedDatabase database, Gap gap, CloudChecks checks)
    {
        if (database.Args.BeginsFrom is not { IsSnapshot: true } origin) return;
        checks.Lacks(
            gap,
            database,
            $"BeginsFrom.Snapshot is '{origin.Snapshot}'; allowed: a dump in a bucket. {gap.Remark}",
            "Dump the database, put the dump into a bucket of the system, and name both in BeginsFrom");
    }

    /// <summary>Refuses one for what a cloud that can restore others must know.</summary>
    /// <param name="database">The database.</param>
    /// <param name="checks">Where the finding goes.</param>
    /// <param name="allowed">What is allowed.</param>
    /// <param name="change">What to change.</param>
    public static void Refuse(ManagedDatabase database, CloudChecks checks, string allowed, string change) => checks.Report(
        Restored,
        database,
        $"BeginsFrom.Snapshot is '{database.Args.BeginsFrom!.Snapshot}'; allowed: {allowed}. {change}.");
}

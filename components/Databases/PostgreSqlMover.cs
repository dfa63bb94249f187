using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Components.Databases;

/// <summary>
/// Carries the rows of PostgreSQL. By <c>dump</c>, which every pair of clouds can, a worker rehearses while the old copy serves, and a job
/// copies everything while nobody writes. By <c>replicate</c>, where both servers let themselves be followed, a worker copies and follows
/// while the old copy serves, a job lets the two meet while nobody writes, and a worker carries back what is written to the new one.
/// </summary>
internal static class PostgreSqlMover
{
    // From here on an administrator who is no superuser can let others follow (PostgreSQL 16 release notes: CREATEROLE).
    private const int FirstVersion = 16;

    private static readonly Rule Followed = Rule.Error("database-followable", "The cloud lets a database be followed that is to be");

    /// <summary>What lacks where nothing follows a database of OVHcloud.</summary>
    public static readonly Gap NotOnOvh = new("followable", "PostgreSQL cannot be followed.") { Rule = Followed };

    /// <summary>What lacks where Scaleway's databases can be followed in one version only.</summary>
    public static readonly Gap LateOnScaleway = new("followable", "PostgreSQL can be followed from 17 on.") { Rule = Followed };

    /// <summary>What lacks where nobody in a cluster is a superuser.</summary>
    public static readonly Gap LateInClusters = new("followable", $"PostgreSQL can be followed from {FirstVersion} on.")
    {
        Rule = Followed,
    };

    /// <summary>Dump and restore, while nobody writes.</summary>
    public static readonly MoveWay Dump = new(
        "dump",
        "A dump is restored while nobody writes, which a rehearsal does before without keeping it, and says how long it takes.")
    {
        Pauses = true,
    };

    /// <summary>Logical replication.</summary>
    public static readonly MoveWay Replicate = new(
        "replicate",
        "What is written is followed while the old copy serves, the last of it while nobody writes, and back once the new one serves.")
    {
        Pauses = true,
        Returns = true,
    };

    /// <summary>The ways of a server's databases, the usual one first.</summary>
    public static IReadOnlyList<MoveWay> WaysOf(ManagedDatabase server, Cloud from, Cloud to) =>
        server.Args.Followable && new[] { from, to }.All(cloud => WhyNotFollowed(server.Args, cloud) is null)
            ? [Dump, Replicate]
            : [Dump];

    /// <summary>
    /// Why a server cannot be followed on a cloud, in a sentence; null where it can. Sources, read 2026-11-27: AWS documentation,
    /// "Performing logical replication for Amazon RDS for PostgreSQL" (the parameter <c>rds.logical_replication</c>, the role
    /// <c>rds_replication</c>); Google Cloud documentation, "Set up logical replication and decoding" (the flag
    /// <c>cloudsql.logical_decoding</c>; administrators give the right to others); Scaleway documentation, "Setting up logical replication
    /// as a publisher" (PostgreSQL 17 with <c>rdb.enable_logical_replication</c>; administrators give the right to others); CloudNativePG
    /// documentation, "PostgreSQL configuration" (<c>wal_level</c> is logical).
    /// </summary>
    public static string? WhyNotFollowed(ManagedDatabaseArgs args, Cloud cloud) => cloud switch
    {
        Cloud.Ovh => "No public source says that the administrator of a database of OVHcloud may let another login follow it.",
        Cloud.Scaleway when args.Version != "17" =>
            $"Version is {args.Version}; Scaleway lets a database be followed from PostgreSQL 17 on.",
        Cloud.Kubernetes when int.Parse(args.Version, CultureInfo.InvariantCulture) < FirstVersion =>
            $"Version is {args.Version}; only superusers let others follow a database before PostgreSQL {FirstVersion}, "
            + "and in a cluster nobody is one.",
        _ => null,
    };

    /// <summary>Reports a database that is to be followed where it cannot be.</summary>
    /// <param name="database">The server.</param>
    /// <param name="gap">What lacks on the cloud.</param>
    /// <param name="checks">Where findings go.</param>
    public static void Check(ManagedDatabase database, Gap gap, CloudChecks checks)
    {
        if (!database.Args.Followable || WhyNotFollowed(database.Args, checks.Cloud) is not { } why) return;
        checks.Lacks(
            gap,
            database,
            $"Followable is true. {why}",
            $"Set infra:components.{database.Name}.followable to false, and move it by dump");
    }

    /// <summary>Whether a consumer follows what is written to a database.</summary>
    public static bool Follows(Component consumer) => consumer is IDatabaseMover mover && mover.Way == Replicate;

    /// <summary>What carries the rows of a database in the state in which it is.</summary>
    public static IEnumerable<Implied> Of(Move move)
    {
        return (move.Way == Replicate, move.State) switch
        {
            (false, MigrationState.Migrated) => [Always("rehearse", PostgreSqlMove.Rehearsal)],
            (false, MigrationState.Paused) => [Once("move", PostgreSqlMove.Command)],
            (true, MigrationState.Migrated) => [Always("follow", PostgreSqlReplication.Following)],
            (true, MigrationState.Paused) => [Once("meet", PostgreSqlReplication.Meeting), Back("no")],
            (true, MigrationState.Activated) => [Back("yes")],
            (true, MigrationState.Released) => [Once("part", PostgreSqlReplication.Ending)],
            _ => [],
        };

        Implied Once(string ending, IReadOnlyList<string> command) => DatabaseMover.Once(move, ending, command, PinnedImage.PostgreSql);

        Implied Always(string ending, IReadOnlyList<string> command) =>
            DatabaseMover.Always(move, ending, command, PinnedImage.PostgreSql);

        // When the step is undone, it has what is left to carry back, and hands the old copy back before the job ends.
        Implied Back(string serves) => DatabaseMover.Always(
            move,
            "return",
            PostgreSqlReplication.Returning,
            PinnedImage.PostgreSql,
            returns: true,
            KeyValuePair.Create<string, Text>(PostgreSqlReplication.Serves, serves));
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Networks;
using Infra.Components.Networks.Scaleway;
using Infra.Components.Runtimes;
using Infra.Components.Systems;

namespace Infra.Components.Databases.Scaleway;

/// <summary>Databases on Scaleway.</summary>
internal sealed partial class ScalewayDatabases()
    : Provision<ManagedDatabase, ScalewayContext>(ManagedDatabaseKind.Instance, new(Backing.Native, "Scaleway Managed Database")),
        IOffersExtensions, IOffersParameters
{
    private static readonly Rule Accepted = Rule.Error("scaleway-database-arguments", "Scaleway accepts the database's arguments");
    private static readonly Rule Version = Rule.Error("scaleway-database-version", "Scaleway has the database's version");
    private static readonly Rule OneLink = Rule.Error("scaleway-database-links", "A consumer has one link to a database on Scaleway");
    private static readonly Rule Backup = Rule.Notable("scaleway-database-backup", "Databases can go back to any moment");
    private static readonly Rule Zone = Rule.Notable("scaleway-database-zone", "A database's standby stands in another zone");
    private static readonly Rule Storage = Rule.Info("scaleway-database-storage", "Volumes of databases grow by themselves");
    private static readonly Rule Maintenance = Rule.Notable(
        "scaleway-database-maintenance",
        "Databases are maintained in the hour that is asked for");
    private static readonly Rule Transport = Rule.Info("scaleway-database-transport", "Databases refuse plain connections");

    private static readonly string[] VolumeTypes = ["sbs_5k", "sbs_15k"];

    private static readonly Gap Versions = new("mysql 8.4", "Of MySQL there is 8.0 only.") { Rule = Version };
    private static readonly Gap AnyMoment = new("point in time recovery", "Backups are daily snapshots.") { Rule = Backup };
    private static readonly Gap OtherZone = new("standby in another zone", "The standby is in the same zone.") { Rule = Zone };
    private static readonly Gap Growth = new("automatic growth", "Volumes do not grow by themselves.") { Rule = Storage };
    private static readonly Gap Window = new("maintenance window", "Scaleway announces maintenance, and lets nobody choose its hour.")
    {
        Rule = Maintenance,
    };

    private static readonly Gap PlainText = new(
        "refuses plain text",
        "The server accepts plain connections too; consumers are told to verify TLS.")
    {
        Rule = Transport,
    };

    private static readonly Gap Upgrade = new(
        "upgrade in place",
        "Another version is a copy with an identifier of its own: what is written while it is made is lost, so stop writers before, and "
        + "run 'pulumi refresh' after.");

    private static readonly Gap Unset = DatabaseParameters.Without(
        engine => ScalewayDatabaseProducts.Parameters(engine, ManagedDatabaseArgs.Versions(engine)[^1]))!;

    private static readonly Gap Lacking = DatabaseExtensions.Without(ScalewayDatabaseProducts.Extensions);

    private static readonly Gap Snapshots = DatabaseSnapshots.None(
        "What Scaleway makes of a snapshot keeps the administrator and the password of the original.");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps =>
        [Versions, AnyMoment, OtherZone, Growth, Window, PlainText, Upgrade, Lacking, Unset, Snapshots, PostgreSqlMover.LateOnScaleway];

    /// <inheritdoc/>
    public IReadOnlyList<OfferedParameter> Parameters(DatabaseEngine engine, string version) =>
        ScalewayDatabaseProducts.Parameters(engine, version);

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions => ScalewayDatabaseProducts.Extensions;

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(ScalewayDatabaseTweak)];

    /// <summary>The network; and a cluster where only something in the network can make databases and logins.</summary>
    protected override IEnumerable<ComponentKind> Beside(ManagedDatabase database) => database.Args.Engine == DatabaseEngine.PostgreSql
        ? [PrivateNetworkKind.Instance, RuntimeKind.Instance]
        : [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(ManagedDatabase database, CloudChecks checks)
    {
        var args = database.Args;
        CheckArguments(database, checks);
        DatabaseExtensions.Check(database, database.Args.Extensions, Extensions, checks);
        PostgreSqlMover.Check(database, PostgreSqlMover.LateOnScaleway, checks);
        DatabaseParameters.Check(database, Parameters(args.Engine, args.Version), checks);
        DatabaseSnapshots.Refuse(database, Snapshots, checks);
        checks.Lacks(
            AnyMoment,
            database,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Going back to any moment of {args.BackupDays} days is promised, and Scaleway takes snapshots once a day."),
            "Accept to lose up to a day");
        if (args.HighAvailability)
        {
            checks.Lacks(
                OtherZone,
                database,
                "The standby stands in the same zone, on another rack: it takes over when a machine fails, not when the zone does.",
                "Accept that");
        }

        if (args.MaximumStorageGiB is { } maximum)
        {
            checks.Lacks(
                Growth,
                database,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"MaximumStorageGiB is {maximum}, and volumes on Scaleway do not grow by themselves."),
                "Raise StorageGiB in time");
        }

        if (args.MaintenanceWindow is { } window)
        {
            checks.Lacks(
                Window,
                database,
                $"MaintenanceWindow is {window.InWords}, and Scaleway announces maintenance for an hour of its own choice.",
                "Remove it, and apply what is announced by hand in good time");
        }

        checks.Report(
            Transport,
            database,
            "The server also accepts connections without TLS, from the private network only; network policies admit none but its "
            + "consumers, which are told to verify it.");
        foreach (var twice in checks.LinksTo(database).GroupBy(link => link.Consumer).Where(group => group.Count() > 1))
        {
            checks.Guard(database, OneLink).Refuse(
                "Links",
                $"{twice.Count()} links from '{twice.Key.Name}'",
                "one link from a consumer, because its login has one password",
                "Remove the weaker link");
        }
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(ManagedDatabase database, ScalewayContext context) =>
        new ScalewayManagedDatabase(database, context.Get<ScalewayPrivateNetwork>(), context.Cluster, context);

    private static void CheckArguments(ManagedDatabase database, CloudChecks checks)
    {
        var (guard, args) = (checks.Guard(database, Accepted), database.Args);
        var tweak = args.Tweak<ScalewayDatabaseTweak>() ?? new();

        // What no cloud has is refused elsewhere; what only this one lacks, here.
        var versions = ScalewayDatabaseProducts.Versions(args.Engine);
        if (ManagedDatabaseArgs.Versions(args.Engine).Contains(args.Version) && !versions.Contains(args.Version))
        {
            checks.Lacks(
                Versions,
                database,
                $"Version is {args.Version}; allowed: {string.Join(", ", versions)}.",
                $"Set infra:components.{database.Name}.version");
        }

        guard.Require(
            args.StorageGiB <= ScalewayDatabaseProducts.MostStorageGiB,
            nameof(ManagedDatabaseArgs.StorageGiB),
            args.StorageGiB,
            string.Create(CultureInfo.InvariantCulture, $"{ScalewayDatabaseProducts.MostStorageGiB} GiB at most"));
        var type = tweak.NodeType ?? ScalewayDatabaseProducts.NodeTypeOf(args.Size);
        if (ScalewayDatabaseProducts.IsUnproven(type))
            UnprovenProducts.Report(database, $"node type {type}", "Name another one by ScalewayDatabaseTweak.NodeType", checks);
        guard.OneOf("ScalewayDatabaseTweak.VolumeType", tweak.VolumeType, VolumeTypes);
        if (tweak.NodeType is { } node)
            guard.Matches("ScalewayDatabaseTweak.NodeType", node, NodeType(), "a node type such as DB-POP2-4C-16G");
        ScalewayManagedDatabase.CheckName(args.Database, guard);
    }

    [GeneratedRegex(@"^DB-[A-Z0-9]+(-[A-Z0-9]+){1,3}\z")]
    private static partial Regex NodeType();
}

using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Networks;
using Infra.Components.Networks.Ovh;
using Infra.Components.Systems;

namespace Infra.Components.Databases.Ovh;

/// <summary>Databases on OVHcloud.</summary>
internal sealed class OvhDatabases()
    : Provision<ManagedDatabase, OvhContext>(ManagedDatabaseKind.Instance, new(Backing.Native, "OVHcloud Public Cloud Databases")),
        IOffersExtensions, IOffersParameters
{
    private static readonly Rule Accepted = Rule.Error("ovh-managed-database-arguments", "OVHcloud accepts the database's arguments");
    private static readonly Rule Region = Rule.Error(
        "ovh-managed-database-region",
        "Databases stand in regions of OVHcloud that have them");
    private static readonly Rule Version = Rule.Error("ovh-managed-database-version", "OVHcloud has the database's version");
    private static readonly Rule Backups = Rule.Policy(
        "ovh-managed-database-backup-days",
        "Backups are kept for the days that are promised");
    private static readonly Rule Storage = Rule.Info("ovh-managed-database-storage", "Volumes of databases grow by themselves");
    private static readonly Rule Day = Rule.Info(
        "ovh-managed-database-maintenance-day",
        "Databases are maintained on the day that is asked for");
    private static readonly Rule Nodes = Rule.Info("ovh-managed-database-nodes", "A database without high availability has one node");

    private static readonly Gap Versions = new("mysql 8.0", "Of MySQL there is 8.4 only.") { Rule = Version };
    private static readonly Gap BackupDays = new("days of backups", "The plan decides the days of backups, 30 at most.") { Rule = Backups };
    private static readonly Gap SingleNode = new("single node", "Regions of several zones have two nodes at least.") { Rule = Nodes };
    private static readonly Gap OtherZone = new("standby in another zone", "In regions of a single zone, the standby is in the same one.");
    private static readonly Gap Growth = new("automatic growth", "Volumes do not grow by themselves.") { Rule = Storage };
    private static readonly Gap AnyDay = new("day of maintenance", "Maintenance begins at a window's hour, on any day.") { Rule = Day };
    private static readonly Gap Verified = new("verified tls", "Clients verify the server's authority, not its name.");
    private static readonly Gap InPlace = new(
        "standby added in place",
        "In regions of a single zone, one that comes or goes takes a plan of another generation, to which OVHcloud does not change: fork "
        + "the database from a backup.");

    private static readonly Gap Unset = DatabaseParameters.Without(OvhDatabaseProducts.Parameters)!;
    private static readonly Gap Lacking = DatabaseExtensions.Without(OvhDatabaseProducts.Extensions);

    private static readonly Gap Snapshots = DatabaseSnapshots.None(
        "Pulumi.Ovh 2.13.0 knows no backups of databases.");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps =>
    [
        Versions, BackupDays, SingleNode, OtherZone, InPlace, Growth, AnyDay, Verified, Lacking, Unset, Snapshots,
        PostgreSqlMover.NotOnOvh,
    ];

    /// <inheritdoc/>
    public IReadOnlyList<OfferedParameter> Parameters(DatabaseEngine engine, string version) => OvhDatabaseProducts.Parameters(engine);

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions => OvhDatabaseProducts.Extensions;

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(OvhDatabaseTweak)];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(ManagedDatabase database) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(ManagedDatabase database, CloudChecks checks)
    {
        var (args, region, guard) = (database.Args, OvhPlace.Of(checks), checks.Guard(database, Accepted));
        if (region.Databases is null)
        {
            checks.Guard(database, Region).Refuse(
                "infra:location",
                $"{region.Code}, where OVHcloud has no databases",
                OvhRegions.Where(other => other.Databases is not null),
                $"Change it, or place '{database.Name}' on {checks.Alternatives(database.Kind)}");
            return;
        }

        CheckVersion(database, checks);
        DatabaseExtensions.Check(database, database.Args.Extensions, Extensions, checks);
        PostgreSqlMover.Check(database, PostgreSqlMover.NotOnOvh, checks);
        DatabaseParameters.Check(database, OvhDatabaseProducts.Parameters(args.Engine), checks);
        DatabaseSnapshots.Refuse(database, Snapshots, checks);
        var plans = OvhDatabaseProducts.PlansIn(region).Select(plan => plan.Name).ToList();
        if (args.Tweak<OvhDatabaseTweak>()?.Plan is { } asked && !plans.Contains(asked))
        {
            guard.OneOf("OvhDatabaseTweak.Plan", asked, plans);
            return;
        }

        var plan = OvhDatabaseProducts.PlanOf(args, region);
        if (CheckFlavor(args, plan, guard) is not { } flavor) return;
        guard.InRange(
            nameof(ManagedDatabaseArgs.StorageGiB),
            OvhDatabaseProducts.DiskOf(args, flavor),
            flavor.LeastGiB,
            flavor.MostGiB,
            $"GiB with the flavor {flavor.Product.Code}");
        if (plan.IsUnproven)
        {
            UnprovenProducts.Report(
                database,
                $"plan {plan.Name} of {args.Engine}",
                "Lower BackupDays, or name another one by OvhDatabaseTweak.Plan",
                checks);
        }

        if (flavor.HasUnprovenVolumes)
        {
            var volume = string.Create(
                CultureInfo.InvariantCulture,
                $"volume of {OvhDatabaseProducts.DiskOf(args, flavor)} GiB with the flavor {flavor.Product.Code}");
            UnprovenProducts.Report(database, volume, "Change StorageGiB to what OVHcloud's price list includes", checks);
        }

        CheckPromises(database, plan, region, checks);
        if (args.HighAvailability && plan.Nodes < 2)
        {
            guard.Refuse(
                "OvhDatabaseTweak.Plan",
                $"{plan.Name}, which has one node, with HighAvailability",
                string.Join(", ", OvhDatabaseProducts.PlansIn(region).Where(other => other.Nodes > 1).Select(other => other.Name)));
        }
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(ManagedDatabase database, OvhContext context) =>
        new OvhManagedDatabase(database, context.Get<OvhPrivateNetwork>(), context);

    // What no cloud has is refused elsewhere; what only this one lacks, here.
    private static void CheckVersion(ManagedDatabase database, CloudChecks checks)
    {
        var (version, versions) = (database.Args.Version, OvhDatabaseProducts.Versions(database.Args.Engine));
        if (!ManagedDatabaseArgs.Versions(database.Args.Engine).Contains(version) || versions.Contains(version)) return;
        checks.Lacks(Versions, database, $"Version is {version}; allowed: {string.Join(", ", versions)}.", "Change Version");
    }

    private static OvhDatabaseFlavor? CheckFlavor(ManagedDatabaseArgs args, OvhDatabasePlan plan, Guard guard)
    {
        if (OvhDatabaseProducts.FlavorOf(args, plan) is { } flavor) return flavor;
        var flavors = OvhDatabaseProducts.FlavorsOf(plan);
        if (args.Tweak<OvhDatabaseTweak>()?.Flavor is { } named)
        {
            guard.Refuse(
                "OvhDatabaseTweak.Flavor",
                named,
                $"{string.Join(", ", flavors.Select(known => known.Product.Code))} with the plan {plan.Name}");
        }
        else
        {
            guard.InRange(
                nameof(ManagedDatabaseArgs.StorageGiB),
                args.StorageGiB,
                1,
                flavors[^1].MostGiB,
                $"GiB with the plan {plan.Name}");
        }

        return null;
    }

    private static void CheckPromises(ManagedDatabase database, OvhDatabasePlan plan, OvhRegion region, CloudChecks checks)
    {
        var args = database.Args;
        if (args.BackupDays > plan.BackupDays) CheckBackups(database, plan, region, checks);
        if (args.MaximumStorageGiB is { } maximum && maximum > args.StorageGiB)
        {
            checks.Lacks(
                Growth,
                database,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"MaximumStorageGiB is {maximum}, and volumes of OVHcloud do not grow by themselves."),
                "Raise StorageGiB in time");
        }

        if (args.MaintenanceWindow is { } window)
        {
            checks.Lacks(
                AnyDay,
                database,
                $"MaintenanceWindow is {window.InWords}, and OVHcloud maintains servers at that hour of any day.",
                "Choose an hour that suits every day");
        }

        if (!args.HighAvailability && plan.Nodes > 1)
        {
            checks.Report(
                Nodes,
                database,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"HighAvailability is false, and the plan {plan.Name} has {plan.Nodes} nodes all the same; plans with one: essential, "
                    + $"in {OvhDatabaseProducts.SingleNodeRegions}."));
        }
    }

    private static void CheckBackups(ManagedDatabase database, OvhDatabasePlan plan, OvhRegion region, CloudChecks checks)
    {
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"BackupDays is {database.Args.BackupDays}, and the plan {plan.Name} keeps backups for {plan.BackupDays} days; allowed: at "
            + $"most that.");
        var best = OvhDatabaseProducts.PlansIn(region)
            .Where(other => other.BackupDays >= database.Args.BackupDays)
            .Select(other => other.Name)
            .ToList();
        var less = string.Create(CultureInfo.InvariantCulture, $"BackupDays to {plan.BackupDays}");

        // Whoever cannot go back to any moment is no alternative.
        var change = best.Count > 0
            ? $"Set OvhDatabaseTweak.Plan to {string.Join(" or ", best)}, or {less}"
            : $"Set {less}, or place '{database.Name}' on {checks.Alternatives(database.Kind, "point in time recovery")}";
        checks.Report(Backups, database, $"{message} {change}.");
    }
}

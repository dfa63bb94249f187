using System.Text.RegularExpressions;
using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Systems;

namespace Infra.Components.Databases.Kubernetes;

/// <summary>Databases in a given cluster: each engine by the operator that knows it best.</summary>
internal sealed partial class KubernetesDatabases()
    : Provision<ManagedDatabase, KubernetesContext>(
        ManagedDatabaseKind.Instance,
        new(Backing.InCluster, $"{KubernetesPostgreSql.Product}, {KubernetesMySql.Product}")), INeedsAddons, IOffersExtensions,
        IOffersParameters
{
    private static readonly Rule Arguments = Rule.Error("kubernetes-database-arguments", "The database's operator accepts its arguments");
    private static readonly Rule BackupRule = Rule.Policy("database-backup", "Databases are backed up");
    private static readonly Rule DumpRule = Rule.Warning("database-backup-dumps", "Databases can go back to any moment");
    private static readonly Rule GrowthRule = Rule.Info("database-storage", "Volumes of databases grow by themselves where asked to");
    private static readonly Rule WindowRule = Rule.Info(
        "kubernetes-database-maintenance",
        "Databases are maintained in the hour that is asked for");
    private static readonly Rule KeptRule = Rule.Info("database-parameters-fixed", "Parameters of databases can be changed");
    private static readonly Rule FixedRule = Rule.Info("database-storage-fixed", "Volumes of databases can be made larger");

    private static readonly Gap Backups = new("backups", "Backups go to a bucket outside the cluster that the stack file names.")
    {
        Rule = BackupRule,
    };

    private static readonly Gap AnyMoment = new("point in time recovery", "Backups of MySQL are daily dumps.") { Rule = DumpRule };
    private static readonly Gap Growth = new("automatic growth", "Volumes do not grow by themselves.") { Rule = GrowthRule };
    private static readonly Gap Lacking = DatabaseExtensions.Without(DatabaseReleases.Extensions);
    private static readonly Gap Kept = new("parameters changed later", "MySQL's parameters keep the values that it is made with.")
    {
        Rule = KeptRule,
    };

    private static readonly Gap Window = new(
        "maintenance window",
        "Servers restart when an update of the stack raises them, or a node is drained, and never by themselves.")
    {
        Rule = WindowRule,
    };

    private static readonly Gap Snapshots = DatabaseSnapshots.None(
        "MySQL in a cluster begins from dumps: its operator takes other dumps than those of mysqldump, and no snapshots of volumes.");

    private static readonly Gap Larger = new("larger volumes", "MySQL's volumes keep their size.") { Rule = FixedRule };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
        [Backups, AnyMoment, Growth, Window, Larger, VolumeEncryption.Gap, Lacking, Kept, Snapshots, PostgreSqlMover.LateInClusters];

    /// <inheritdoc/>
    public IReadOnlyList<OfferedParameter> Parameters(DatabaseEngine engine, string version) => DatabaseParameters.All(engine);

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions => DatabaseReleases.Extensions;

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks { get; } = [typeof(KubernetesDatabaseTweak)];

    /// <inheritdoc/>
    public IEnumerable<Addon> Addons(Component component, KubernetesContext context) =>

        // CloudNativePG's plugin for backups has its certificates from cert-manager.
        component is ManagedDatabase { Args.Engine: DatabaseEngine.PostgreSql } && context.Running.Traits.Backups is not null
            ? [Addon.CertManager, Addon.DatabaseOperator]
            : [Addon.DatabaseOperator];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(ManagedDatabase component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(ManagedDatabase component, CloudChecks checks)
    {
        VolumeEncryption.Check(component, checks);
        CheckBackups(component, checks);
        DatabaseExtensions.Check(component, component.Args.Extensions, Extensions, checks);
        if (component.Args.MaximumStorageGiB is { } maximum)
        {
            checks.Lacks(
                Growth,
                component,
                $"MaximumStorageGiB is {maximum}, and volumes here do not grow by themselves.",
                "Raise StorageGiB in time");
        }

        if (component.Args.MaintenanceWindow is { } window)
        {
            checks.Lacks(
                Window,
                component,
                $"MaintenanceWindow is {window.InWords}, and servers here restart when an update of the stack raises them.",
                "Update the stack in that hour, and remove it");
        }

        if (component.Args.Engine == DatabaseEngine.MySql)
        {
            checks.Lacks(
                Larger,
                component,
                "StorageGiB cannot be raised later: MySQL's volumes keep the size that they are created with.",
                "Start with what will be needed");
            if (component.Args.Parameters.Count > 0)
            {
                checks.Lacks(
                    Kept,
                    component,
                    "Parameters cannot be changed later: MySQL's operator reads them when it makes the servers.",
                    "Set them before the first update");
            }
        }

        PostgreSqlMover.Check(component, PostgreSqlMover.LateInClusters, checks);
        CheckOrigin(component, checks);
        if (component.Args.Tweak<KubernetesDatabaseTweak>() is { } tweak) Check(tweak, checks.Guard(component, Arguments));
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(ManagedDatabase component, KubernetesContext context) =>
        component.Args.Engine == DatabaseEngine.PostgreSql
            ? new KubernetesPostgreSql(component, context)
            : new KubernetesMySql(component, context);

    private static void CheckBackups(ManagedDatabase database, CloudChecks checks)
    {
        var days = database.Args.BackupDays;
        if (GivenClusterContext.AccountOf(checks.Settings).Backups is null)
        {
            checks.Lacks(
                Backups,
                database,
                $"Backups of {days} days are promised, and nothing says where they go; "
                + "allowed: an S3-compatible bucket outside the cluster.",
                "Set infra:accounts.kubernetes.backups",

                // Where the stack file says nothing because it is about another cloud, what would be an error is worth a warning.
                atMost: checks.Settings.Hypothetical ? Severity.Warning : Severity.Error);
        }
        else if (database.Args.Engine == DatabaseEngine.MySql)
        {
            checks.Lacks(
                AnyMoment,
                database,
                $"Backups are daily dumps: going back to any moment of {days} days is not possible, "
                + "and the bucket's own rules delete old dumps.",
                "Use PostgreSQL");
        }
    }

    private static void CheckOrigin(ManagedDatabase database, CloudChecks checks)
    {
        if (database.Args.BeginsFrom is not { IsSnapshot: true } origin) return;
        if (database.Args.Engine == DatabaseEngine.MySql)
        {
            DatabaseSnapshots.Refuse(database, Snapshots, checks);
        }
        else if (GivenClusterContext.AccountOf(checks.Settings).Backups is null)
        {
            DatabaseSnapshots.Refuse(
                database,
                checks,
                "the folder of an archive in the stack's backups, of which none are named",
                "Set infra:accounts.kubernetes.backups");
        }
        else if (!ArchiveName().IsMatch(origin.Snapshot))
        {
            DatabaseSnapshots.Refuse(
                database,
                checks,
                "the folder of an archive below the url of the stack's backups, such as shop-production/orders-1a2b3c4d",
                "Correct it");
        }
    }

    private static void Check(KubernetesDatabaseTweak tweak, Guard guard)
    {
        if (tweak.Instances is { } instances)
        {
            guard.Require(
                instances is >= 1 and <= 9 && instances % 2 == 1, "KubernetesDatabaseTweak.Instances", instances, "1, 3, 5, 7 or 9");
        }

        foreach (var (name, value) in tweak.Parameters)
        {
            guard.Require(
                name.Length > 0
                && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '_' or '.')
                && !value.Contains('\n', StringComparison.Ordinal),
                "KubernetesDatabaseTweak.Parameters",
                $"'{name}'",
                "names of lower-case letters, digits, underscores and dots, with values of one line");
        }
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]*(/[a-z0-9][a-z0-9.-]*)+\z")]
    private static partial Regex ArchiveName();
}

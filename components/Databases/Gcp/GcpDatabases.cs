using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks;
using Infra.Components.Networks.Gcp;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Databases.Gcp;

/// <summary>Databases on Google Cloud.</summary>
internal sealed partial class GcpDatabases()
    : Provision<ManagedDatabase, GcpContext>(ManagedDatabaseKind.Instance, new(Backing.Native, "Cloud SQL")), IUsesApis, IOffersExtensions,
        IOffersParameters
{
    private static readonly Rule Values = Rule.Error("gcp-database-arguments", "Cloud SQL accepts the database's arguments");
    private static readonly Rule Moments = Rule.Warning(
        "gcp-backup-days",
        "One can go back to any moment of the days for which backups are kept");

    private static readonly Gap Recovery =
        new("point in time recovery", "One can go back to any moment of 7 days, 35 in the Enterprise Plus edition.") { Rule = Moments };

    private static readonly Gap Snapshots = DatabaseSnapshots.None(
        "A backup of Cloud SQL brings its databases and logins along, which the API refuses to make again.");

    /// <inheritdoc/>
    public IReadOnlyList<string> Apis { get; } = ["sqladmin"];

    /// <inheritdoc/>
    public IReadOnlyList<OfferedParameter> Parameters(DatabaseEngine engine, string version) => DatabaseParameters.All(engine);

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions => GcpDatabaseProducts.Extensions;

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        Recovery,
        new("verified tls", "Clients verify the server's authority, not its name."),
        DatabaseExtensions.Without(GcpDatabaseProducts.Extensions),
        Snapshots,
        GcpDatabaseDumps.Elsewhere,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks { get; } = [typeof(GcpDatabaseTweak)];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(ManagedDatabase component) => [RuntimeKind.Instance, PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(ManagedDatabase component, CloudChecks checks)
    {
        var args = component.Args;
        DatabaseExtensions.Check(component, component.Args.Extensions, Extensions, checks);
        DatabaseParameters.Check(component, Parameters(args.Engine, args.Version), checks);
        DatabaseSnapshots.Refuse(component, Snapshots, checks);
        GcpDatabaseDumps.Check(component, checks);
        if (args.BackupDays > GcpDatabaseProducts.LogDays(args))
        {
            checks.Lacks(
                Recovery,
                component,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"BackupDays is {args.BackupDays}; in Cloud SQL's Enterprise edition one can go back to any moment of "
                    + $"{GcpDatabaseProducts.EnterpriseLogDays} days, and beyond that to the daily backups."),
                "Give it a GcpDatabaseTweak with the edition EnterprisePlus to go back to any moment of 35 days");
        }

        if (args.Tweak<GcpDatabaseTweak>() is not { Tier: { } tier } tweak) return;
        var plus = tweak.Edition == GcpDatabaseEdition.EnterprisePlus;
        checks.Guard(component, Values).Matches(
            "GcpDatabaseTweak.Tier",
            tier,
            plus ? PlusTier() : EnterpriseTier(),
            plus
                ? "db-perf-optimized-N-2 to N-128 in the edition EnterprisePlus"
                : "db-custom-<vCPU>-<MiB>, db-g1-small or db-f1-micro in the edition Enterprise");
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(ManagedDatabase component, GcpContext context) =>
        new GcpManagedDatabase(component, context.Get<GcpPrivateNetwork>(), context.Get<GcpRuntime>(), context);

    [GeneratedRegex(@"^db-(f1-micro|g1-small|custom-(1|[1-9]?[02468]|[1-9][02468])-[1-9][0-9]{3,5})\z")]
    private static partial Regex EnterpriseTier();

    [GeneratedRegex(@"^db-perf-optimized-N-(2|4|8|16|32|48|64|80|96|128)\z")]
    private static partial Regex PlusTier();
}

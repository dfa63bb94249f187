using System.Text;
using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Networks;
using Infra.Components.Networks.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Databases.Aws;

/// <summary>Databases on AWS.</summary>
internal sealed partial class AwsDatabases()
    : Provision<ManagedDatabase, AwsContext>(ManagedDatabaseKind.Instance, new(Backing.Native, "Amazon RDS")), IOffersExtensions,
        IOffersParameters
{
    private static readonly Rule Arguments = Rule.Error("aws-database-arguments", "Amazon RDS accepts the database's arguments");
    private static readonly Rule Version = Rule.Error(
        "aws-database-version",
        "The database's version has standard support by Amazon RDS, or is paid for");

    private static readonly Rule Restart = Rule.Info("aws-database-restart", "Parameters of databases take effect by themselves");

    private static readonly Gap Restarts = new(
        "parameters without a restart by hand",
        "A parameter that needs a restart waits until someone restarts the instance.")
    {
        Rule = Restart,
    };

    private static readonly Rule Loading = Rule.Info("aws-database-dump", "Dumps are loaded for as long as it takes");

    private static readonly Gap Hours = new("loading a dump for hours", "A dump is loaded within 140 minutes, by a disk of 200 GiB.")
    {
        Rule = Loading,
    };

    // A task definition has 64 KiB, and each consumer is given them.
    private const int MostCertificateBytes = 16 * 1024;

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [Restarts, Hours];

    /// <inheritdoc/>
    public IReadOnlyList<OfferedParameter> Parameters(DatabaseEngine engine, string version) => DatabaseParameters.All(engine);

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions => AwsDatabaseProducts.Extensions;

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(AwsDatabaseTweak)];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(ManagedDatabase component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(ManagedDatabase component, CloudChecks checks)
    {
        var args = component.Args;
        var tweak = args.Tweak<AwsDatabaseTweak>() ?? new();
        var guard = checks.Guard(component, Arguments);
        var supported = ManagedDatabaseArgs
            .Versions(args.Engine)
            .Where(version => AwsDatabaseProducts.HasStandardSupport(args.Engine, version));
        checks.Guard(component, Version).Require(
            tweak.ExtendedSupport || AwsDatabaseProducts.HasStandardSupport(args.Engine, args.Version),
            nameof(ManagedDatabaseArgs.Version),
            $"{args.Version}, whose standard support by Amazon RDS has ended",
            string.Join(", ", supported),
            "Raise Version, or pay for AwsDatabaseTweak.ExtendedSupport");
        guard.Require(
            args.StorageLimitGiB == args.StorageGiB || args.StorageLimitGiB * 10 >= args.StorageGiB * 11,
            nameof(ManagedDatabaseArgs.MaximumStorageGiB),
            args.StorageLimitGiB,
            $"StorageGiB, which turns growth off, or at least a tenth more: {((args.StorageGiB * 11) + 9) / 10}");
        guard.Require(
            !AwsReservedWords.Holds(args.Engine, args.Database),
            nameof(ManagedDatabaseArgs.Database),
            $"'{args.Database}', a word that the engine reserves",
            "names that are no word of SQL, such as orders");
        Check(args, tweak, guard, checks.Region);
        if (tweak.InstanceClass is { } instance)
            AwsFamilies.ReportUnknown(component, "instance class", instance, "AwsDatabaseTweak.InstanceClass", checks);
        DatabaseExtensions.Check(component, component.Args.Extensions, Extensions, checks);
        DatabaseParameters.Check(component, Parameters(args.Engine, args.Version), checks);
        var waiting = DatabaseParameters.SetBy(args).Where(set => set.Parameter.NeedsRestart).Select(set => set.Parameter.Name).ToList();
        if (waiting.Count > 0)
        {
            checks.Lacks(
                Restarts,
                component,
                $"Parameters holds {string.Join(", ", waiting)}, which a new instance has from the start, and another one takes when "
                + "someone restarts it.",
                "Restart it after the update");
        }

        if (args.BeginsFrom is { IsSnapshot: true } origin && !SnapshotName().IsMatch(origin.Snapshot))
        {
            DatabaseSnapshots.Refuse(
                component,
                checks,
                "the identifier of a snapshot, such as shop-production-orders-final-1a2b3c4d or rds:orders-2026-11-26-03-10, or the ARN of "
                + "one that is shared",
                "Correct it");
        }

        if (args.BeginsFrom is { IsDump: true } dump)
        {
            checks.Lacks(
                Hours,
                component,
                $"BeginsFrom.Dump is '{dump.Dump}', which is loaded within 140 minutes, and by a disk of 200 GiB, or "
                + "not at all.",
                "Begin from a snapshot where that is too little");
        }

        AwsGroupRules.CheckConsumers(component, checks);
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(ManagedDatabase component, AwsContext context) =>
        new AwsManagedDatabase(component, context.Get<AwsPrivateNetwork>(), context.Find<AwsRuntime>(), context);

    private static void Check(ManagedDatabaseArgs args, AwsDatabaseTweak tweak, Guard guard, string region)
    {
        if (tweak.InstanceClass is { } instance)
        {
            guard.Matches("AwsDatabaseTweak.InstanceClass", instance, InstanceClass(), "an instance class such as db.m7g.4xlarge");
            AwsFamilies.Check(guard, "AwsDatabaseTweak.InstanceClass", instance, region);
        }

        if (tweak.Iops is { } iops)
        {
            guard.InRange("AwsDatabaseTweak.Iops", iops, 12000, 64000);
            guard.Require(
                args.StorageGiB >= 400,
                "AwsDatabaseTweak.Iops",
                $"{iops} on {args.StorageGiB} GiB",
                "volumes of 400 GiB and more",
                "Raise StorageGiB or remove Iops");
        }

        var days = tweak.QueryInsightsDays;
        guard.Require(
            days is 7 or 731 || (days % 31 == 0 && days is >= 31 and <= 713),
            "AwsDatabaseTweak.QueryInsightsDays",
            days,
            "7, 731, or a multiple of 31 up to 713");
        guard.Require(
            tweak.CertificateAuthority.Length == 0
            || tweak.CertificateAuthority.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal),
            "AwsDatabaseTweak.CertificateAuthority",
            "a text without certificates",
            "certificates as PEM");
        var bytes = Encoding.UTF8.GetByteCount(tweak.CertificateAuthority);
        guard.Require(
            bytes <= MostCertificateBytes,
            "AwsDatabaseTweak.CertificateAuthority",
            $"{bytes} bytes",
            $"{MostCertificateBytes} bytes at most: every consumer is given them",
            "Leave it out, or name the one authority that signs the server's certificate");
    }

    // Amazon RDS API: RestoreDBInstanceFromDBSnapshot.
    [GeneratedRegex(@"^((rds:|awsbackup:)?[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*|arn:aws:rds:[a-z0-9-]+:\d{12}:snapshot:[A-Za-z0-9:-]+)\z")]
    private static partial Regex SnapshotName();

    [GeneratedRegex(@"^db\.[a-z0-9-]+\.[a-z0-9-]+\z")]
    private static partial Regex InstanceClass();
}

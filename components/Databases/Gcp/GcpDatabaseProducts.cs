using Infra.Components.Systems;

namespace Infra.Components.Databases.Gcp;

/// <summary>
/// The machines of Cloud SQL. Dated 2026-11; source: Google Cloud documentation, Cloud SQL instance settings. Machines with shared
/// processors keep no promise and have no service level; a tweak can ask for them.
/// </summary>
internal static class GcpDatabaseProducts
{
    /// <summary>For how many days back any moment can be restored in the Enterprise edition.</summary>
    public const int EnterpriseLogDays = 7;

    private static readonly Product[] Enterprise =
    [
        new("db-custom-1-3840", 1, 3.75),
        new("db-custom-2-4096", 2, 4),
        new("db-custom-2-8192", 2, 8),
        new("db-custom-4-16384", 4, 16),
        new("db-custom-8-32768", 8, 32),
        new("db-custom-10-65536", 10, 64),
    ];

    private static readonly Product[] EnterprisePlus =
    [
        new("db-perf-optimized-N-2", 2, 16),
        new("db-perf-optimized-N-4", 4, 32),
        new("db-perf-optimized-N-8", 8, 64),
        new("db-perf-optimized-N-16", 16, 128),
    ];

    /// <summary>The machine of a database.</summary>
    public static string Tier(ManagedDatabaseArgs args)
    {
        var tweak = args.Tweak<GcpDatabaseTweak>() ?? new();
        var products = tweak.Edition == GcpDatabaseEdition.Enterprise ? Enterprise : EnterprisePlus;
        return tweak.Tier ?? Product.Smallest(products, ManagedDatabaseArgs.Promise(args.Size))!.Code;
    }

    /// <summary>For how many days back any moment can be restored.</summary>
    public static int LogDays(ManagedDatabaseArgs args) =>
        args.Tweak<GcpDatabaseTweak>() is { Edition: GcpDatabaseEdition.EnterprisePlus }
            ? args.BackupDays
            : Math.Min(args.BackupDays, EnterpriseLogDays);
}

using Infra.Components.Systems;

namespace Infra.Components.Databases.Gcp;

/// <summary>
/// The machines of Cloud SQL. Sources: as each row says. Machines with shared
/// processors keep no promise and have no service level; a tweak can ask for them.
/// </summary>
internal static class GcpDatabaseProducts
{
    /// <summary>For how many days back any moment can be restored in the Enterprise edition.</summary>
    public const int EnterpriseLogDays = 7;

    // Even numbers of processors or one, with 0.9 to 6.5 GiB each, in steps of 256 MiB and 3.75 GiB at least.
    private const string Custom = "Google Cloud documentation, Cloud SQL instance settings: custom machine types, 2026-11";
    private const string Optimised = "Google Cloud documentation, Cloud SQL instance settings: performance-optimized N2 machines, 2026-11";

    private static readonly Product[] Enterprise =
    [
        new("db-custom-1-3840", 1, 3.75) { Source = Custom },
        new("db-custom-2-4096", 2, 4) { Source = Custom },
        new("db-custom-2-8192", 2, 8) { Source = Custom },
        new("db-custom-4-16384", 4, 16) { Source = Custom },
        new("db-custom-8-32768", 8, 32) { Source = Custom },
        new("db-custom-10-65536", 10, 64) { Source = Custom },
    ];

    private static readonly Product[] EnterprisePlus =
    [
        new("db-perf-optimized-N-2", 2, 16) { Source = Optimised },
        new("db-perf-optimized-N-4", 4, 32) { Source = Optimised },
        new("db-perf-optimized-N-8", 8, 64) { Source = Optimised },
        new("db-perf-optimized-N-16", 16, 128) { Source = Optimised },
    ];

    /// <summary>
    /// The extensions of PostgreSQL 15 to 17; what must be loaded for them is, by default. Source: Google Cloud documentation, Configure
    /// PostgreSQL extensions, 2026-11.
    /// </summary>
    public static IReadOnlyList<string> Extensions { get; } = DatabaseExtensions.AllBut("dict_xsyn", "pgrouting", "seg");

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

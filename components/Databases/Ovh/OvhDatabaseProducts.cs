using Infra.Components.Clouds.Ovh;
using Infra.Components.Systems;

namespace Infra.Components.Databases.Ovh;

/// <summary>A plan of managed databases.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Nodes">How many nodes it has.</param>
/// <param name="BackupDays">For how many days PostgreSQL and MySQL can go back.</param>
/// <param name="IsCurrent">Whether its flavors are those of the current generation.</param>
internal sealed record OvhDatabasePlan(string Name, int Nodes, int BackupDays, bool IsCurrent)
{
    /// <summary>Whether no public source names it for the engines here.</summary>
    public bool IsUnproven { get; init; }
}

/// <summary>A flavor of a database's nodes.</summary>
/// <param name="Product">Its name and what it gives.</param>
/// <param name="LeastGiB">The smallest volume, which its price includes.</param>
/// <param name="MostGiB">The largest volume.</param>
internal sealed record OvhDatabaseFlavor(Product Product, int LeastGiB, int MostGiB)
{
    /// <summary>Whether no public source says how large its volumes are.</summary>
    public bool HasUnprovenVolumes { get; init; }
}

/// <summary>
/// What OVHcloud offers. Dated 2026-11; sources: as each row says, and OVHcloud documentation, "Migrate from Gen 2 to Gen 3" (plans and
/// flavors of the generations belong together; regions of several zones have the current one only, which has no single node). The volumes
/// of the current flavors follow the former ones' pattern; OVHcloud publishes them in its price list only.
/// </summary>
internal static class OvhDatabaseProducts
{
    private static readonly OvhDatabasePlan Essential = new("essential", 1, 2, IsCurrent: false);
    private static readonly OvhDatabasePlan Production = new("production", 2, 14, IsCurrent: true);
    private static readonly OvhDatabasePlan Advanced = new("advanced", 3, 30, IsCurrent: true) { IsUnproven = true };

    private const string Limitations =
        "OVHcloud documentation, Capabilities and Limitations of Public Cloud Databases for PostgreSQL, MySQL and Valkey, 2026-11";

    private static readonly OvhDatabaseFlavor[] Former =
    [
        new(new("db1-4", 2, 4) { Source = Limitations }, 80, 240),
        new(new("db1-7", 2, 7) { Source = Limitations }, 160, 480),
        new(new("db1-15", 4, 15) { Source = Limitations }, 320, 960),
        new(new("db1-30", 8, 30) { Source = Limitations }, 640, 1920),
        new(new("db1-60", 16, 60) { Source = Limitations }, 1280, 3840),
        new(new("db1-120", 32, 120) { Source = Limitations }, 2560, 7680),
    ];

    private static readonly OvhDatabaseFlavor[] Current =
    [
        new(new("b3-8", 2, 8) { Source = Limitations }, 160, 480) { HasUnprovenVolumes = true },
        new(new("b3-16", 4, 16) { Source = Limitations }, 320, 960) { HasUnprovenVolumes = true },
        new(new("b3-32", 8, 32) { Source = Limitations }, 640, 1920) { HasUnprovenVolumes = true },
        new(new("b3-64", 16, 64) { Source = Limitations }, 1280, 3840) { HasUnprovenVolumes = true },
        new(new("b3-128", 32, 128) { Source = Limitations }, 2560, 7680) { HasUnprovenVolumes = true },
        new(new("b3-256", 64, 256) { Source = Limitations }, 5120, 15360) { HasUnprovenVolumes = true },
    ];

    /// <summary>Every plan.</summary>
    public static IReadOnlyList<OvhDatabasePlan> Plans { get; } =
    [
        Essential, new("business", 2, 14, IsCurrent: false), new("enterprise", 3, 30, IsCurrent: false), Production, Advanced,
    ];

    /// <summary>The plans of a region.</summary>
    public static IEnumerable<OvhDatabasePlan> PlansIn(OvhRegion region) => Plans.Where(plan => plan.IsCurrent || !region.IsMultiZone);

    /// <summary>The flavors of a plan, from the smallest to the largest.</summary>
    public static IReadOnlyList<OvhDatabaseFlavor> FlavorsOf(OvhDatabasePlan plan) => plan.IsCurrent ? Current : Former;

    /// <summary>
    /// The versions of an engine that new databases may have. MySQL 8.0 ended on 31 October 2026; OVHcloud raises what still runs it to
    /// 8.4.
    /// </summary>
    public static IReadOnlyList<string> Versions(DatabaseEngine engine) =>
        engine == DatabaseEngine.PostgreSql ? ["15", "16", "17"] : ["8.4"];

    /// <summary>
    /// The parameters that can be set. Source: OVHcloud documentation, "Advanced parameters references" of PostgreSQL (2024-01) and of
    /// MySQL (2023-02), with their bounds, read 2026-11-27.
    /// </summary>
    public static IReadOnlyList<OfferedParameter> Parameters(DatabaseEngine engine) => engine == DatabaseEngine.PostgreSql
        ?
        [
            new("autovacuum_analyze_scale_factor", 0, 1),
            new("autovacuum_vacuum_scale_factor", 0, 1),
            new("deadlock_timeout", 500, 1800000),
            new("idle_in_transaction_session_timeout", 0, 604800000),
            new("log_min_duration_statement", -1, 86400000),
            new("max_locks_per_transaction", 64, 6400),
            new("max_parallel_workers_per_gather", 0, 96),
        ]
        :
        [
            new("group_concat_max_len"),
            new("innodb_lock_wait_timeout", 1, 3600),
            new("interactive_timeout", 30, 604800),
            new("long_query_time", 0, 3600),
            new("max_allowed_packet", 102400),
            new("sort_buffer_size", 32768, 1073741824),
            new("wait_timeout", 1, 2147483),
        ];

    /// <summary>
    /// The extensions of PostgreSQL 15 to 17; what must be loaded for them is, by default. Source: OVHcloud documentation, Available
    /// extensions for Public Cloud Databases for PostgreSQL, 2026-01-08.
    /// </summary>
    public static IReadOnlyList<string> Extensions { get; } =
        DatabaseExtensions.AllBut("dict_xsyn", "lo", "postgis_raster", "seg", "tsm_system_time");

    /// <summary>
    /// The plan of a database: the smallest that keeps what is promised about failures and backups, or the one that its tweak asks for.
    /// </summary>
    public static OvhDatabasePlan PlanOf(ManagedDatabaseArgs args, OvhRegion region)
    {
        if (args.Tweak<OvhDatabaseTweak>()?.Plan is { } asked) return Plans.First(plan => plan.Name == asked);
        if (!args.HighAvailability) return region.IsMultiZone ? Production : Essential;
        return args.BackupDays > Production.BackupDays ? Advanced : Production;
    }

    /// <summary>
    /// The smallest flavor of a plan that keeps the promises of size and storage, or the one that the tweak asks for; null when none does.
    /// </summary>
    public static OvhDatabaseFlavor? FlavorOf(ManagedDatabaseArgs args, OvhDatabasePlan plan)
    {
        var (flavors, promise) = (FlavorsOf(plan), ManagedDatabaseArgs.Promise(args.Size));
        return args.Tweak<OvhDatabaseTweak>()?.Flavor is { } asked
            ? flavors.FirstOrDefault(flavor => flavor.Product.Code == asked)
            : flavors.FirstOrDefault(flavor => flavor.Product.Capacity.Keeps(promise) && flavor.MostGiB >= args.StorageGiB);
    }

    /// <summary>The regions with databases of a single node, for messages.</summary>
    public static string SingleNodeRegions => OvhRegions.Where(region => region is { IsMultiZone: false, Databases: not null });

    /// <summary>The volume: the promised one in the steps of ten in which it grows, and at least the flavor's own.</summary>
    public static int DiskOf(ManagedDatabaseArgs args, OvhDatabaseFlavor flavor) =>
        Math.Max(flavor.LeastGiB, (args.StorageGiB + 9) / 10 * 10);
}

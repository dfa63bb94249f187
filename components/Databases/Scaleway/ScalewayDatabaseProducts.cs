using Infra.Components.Systems;

namespace Infra.Components.Databases.Scaleway;

/// <summary>
/// What databases map to. Dated 2026-09; sources: as each row says, and the engines that Scaleway's API lists.
/// </summary>
internal static class ScalewayDatabaseProducts
{
    private const double GigabytesPerGibibyte = 1.073741824;
    private const int Step = 5;

    // In KiB, which PostgreSQL counts memory in where the API does in MiB.
    private const int Mebibyte = 1024;

    private const string PriceList = "Scaleway's price list, 2026-09-30";
    private const string Catalogue = "Scaleway's product catalogue of nl-ams, 2026-09-03";

    private static readonly IReadOnlyList<Product> Nodes =
    [
        new("DB-PLAY2-PICO", 1, 2) { Source = PriceList },
        new("DB-PLAY2-NANO", 2, 4) { Source = PriceList },
        new("DB-PRO2-XXS", 2, 8) { Source = PriceList },
        new("DB-PRO2-XS", 4, 16) { Source = Catalogue },
        new("DB-PRO2-S", 8, 32) { IsUnproven = true },
        new("DB-PRO2-M", 16, 64) { IsUnproven = true },
    ];

    // Those of which processors are shared with nobody: they are given to whoever names them.
    private static readonly IReadOnlyList<Product> Dedicated =
    [
        new("DB-POP2-2C-8G", 2, 8) { Source = Catalogue },
        new("DB-POP2-4C-16G", 4, 16) { Source = Catalogue },
        new("DB-POP2-8C-32G", 8, 32) { Source = Catalogue },
    ];

    /// <summary>The largest volume in GiB: 10,000 GB of block storage.</summary>
    public const int MostStorageGiB = 9313;

    /// <summary>The smallest type that keeps the promise of a size.</summary>
    public static string NodeTypeOf(Size size) => Product.Smallest(Nodes, ManagedDatabaseArgs.Promise(size))!.Code;

    /// <summary>Whether no public source names a type.</summary>
    public static bool IsUnproven(string type) =>
        Nodes.Concat(Dedicated).FirstOrDefault(node => node.Code == type) is not { IsUnproven: false };

    /// <summary>The versions of an engine. Of MySQL there is only 8, which is 8.0.</summary>
    public static IReadOnlyList<string> Versions(DatabaseEngine engine) =>
        engine == DatabaseEngine.PostgreSql ? ["15", "16", "17"] : ["8.0"];

    /// <summary>
    /// The extensions of PostgreSQL 15 to 17; what must be loaded for them is, by default (the API's settings of statistics of statements).
    /// Source: Scaleway documentation, PostgreSQL extensions reference, 2025-09-17.
    /// </summary>
    public static IReadOnlyList<string> Extensions { get; } = DatabaseExtensions.AllBut("hll", "lo", "seg", "tcn");

    /// <summary>
    /// The parameters that can be set, with the bounds that the API has for them. Source: the settings of engines that Scaleway's API
    /// lists, as recorded for the tests of its Terraform provider on 2026-02-19.
    /// </summary>
    public static IReadOnlyList<OfferedParameter> Parameters(DatabaseEngine engine, string version)
    {
        if (engine == DatabaseEngine.MySql)
        {
            return
            [
                new("group_concat_max_len", 1024, 65536),
                new("innodb_lock_wait_timeout", 1, 600),
                new("interactive_timeout", 60, 21600),
                new("long_query_time", 0, 3600),
                new("max_allowed_packet", 4 << 20) { Step = 1 << 20 },
                new("max_connections", 50, 5000),
                new("sort_buffer_size", 32768, 10485760),
                new("wait_timeout", 60, 21600),
            ];
        }

        return
        [
            .. version == "15"
                ? Array.Empty<OfferedParameter>()
                : [new("autovacuum_vacuum_scale_factor", 0.1), new("log_min_duration_statement")],
            new("deadlock_timeout", 100, 60000),
            new("default_statistics_target"),
            new("idle_in_transaction_session_timeout"),
            new("lock_timeout"),
            new("maintenance_work_mem") { Step = Mebibyte },
            new("max_connections", 50, 10000),
            new("max_locks_per_transaction"),
            new("max_parallel_workers_per_gather"),
            new("random_page_cost", 0.1, 10),
            new("statement_timeout", 30000),
            new("work_mem", Mebibyte) { Step = Mebibyte },
        ];
    }

    /// <summary>The engine as the API names it.</summary>
    public static string EngineOf(ManagedDatabaseArgs args) =>
        args.Engine == DatabaseEngine.PostgreSql ? $"PostgreSQL-{args.Version}" : "MySQL-8";

    /// <summary>A volume that holds so many GiB, in GB and in steps of five, as volumes come.</summary>
    public static int Gigabytes(int gibibytes) => (int)Math.Ceiling(gibibytes * GigabytesPerGibibyte / Step) * Step;
}

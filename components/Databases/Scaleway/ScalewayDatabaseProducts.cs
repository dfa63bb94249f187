using Infra.Components.Systems;

namespace Infra.Components.Databases.Scaleway;

/// <summary>
/// What databases map to. Dated 2026-09; sources: as each row says, and the engines that Scaleway's API lists.
/// </summary>
internal static class ScalewayDatabaseProducts
{
    private const double GigabytesPerGibibyte = 1.073741824;
    private const int Step = 5;

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

    /// <summary>The engine as the API names it.</summary>
    public static string EngineOf(ManagedDatabaseArgs args) =>
        args.Engine == DatabaseEngine.PostgreSql ? $"PostgreSQL-{args.Version}" : "MySQL-8";

    /// <summary>A volume that holds so many GiB, in GB and in steps of five, as volumes come.</summary>
    public static int Gigabytes(int gibibytes) => (int)Math.Ceiling(gibibytes * GigabytesPerGibibyte / Step) * Step;
}

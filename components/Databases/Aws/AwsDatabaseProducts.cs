using Infra.Components.Clouds.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Databases.Aws;

/// <summary>
/// What Amazon RDS offers. Dated 2026-11; sources: as each row says, and the release calendars of the engines in the AWS documentation.
/// Which region has which, <see cref="AwsFamilies"/> says; the generation before stands in where it lacks one.
/// </summary>
internal static class AwsDatabaseProducts
{
    private const string Hardware = "Amazon RDS User Guide, hardware specifications for DB instance classes, 2026-11";

    // From the smallest to the largest. The t4g classes run bursts on credits; above small, nothing waits for credits.
    private static readonly Product[] Classes =
    [
        new("db.t4g.micro", 2, 1) { Source = Hardware },
        new("db.t4g.small", 2, 2) { Source = Hardware },
        new("db.t4g.medium", 2, 4) { Source = Hardware },
        new("db.m7g.large", 2, 8) { Source = Hardware },
        new("db.m6g.large", 2, 8) { Source = Hardware },
        new("db.r7g.large", 2, 16) { Source = Hardware },
        new("db.r6g.large", 2, 16) { Source = Hardware },
        new("db.m7g.xlarge", 4, 16) { Source = Hardware },
        new("db.m6g.xlarge", 4, 16) { Source = Hardware },
        new("db.r7g.xlarge", 4, 32) { Source = Hardware },
        new("db.r6g.xlarge", 4, 32) { Source = Hardware },
        new("db.m7g.2xlarge", 8, 32) { Source = Hardware },
        new("db.m6g.2xlarge", 8, 32) { Source = Hardware },
        new("db.r7g.2xlarge", 8, 64) { Source = Hardware },
        new("db.r6g.2xlarge", 8, 64) { Source = Hardware },
    ];

    // Standard support of MySQL 8.0 ended on 31 July 2026.
    private static readonly string[] OutOfStandardSupport = ["8.0"];

    /// <summary>
    /// The extensions of PostgreSQL 15 to 17; what must be loaded for them is, by default. Source: Amazon RDS for PostgreSQL Release Notes,
    /// extension versions, 2026-11.
    /// </summary>
    public static IReadOnlyList<string> Extensions { get; } = DatabaseExtensions.Known;

    /// <summary>The classes.</summary>
    public static IEnumerable<string> All => Classes.Select(product => product.Code);

    /// <summary>The smallest class of a region that keeps a size's promise.</summary>
    public static string ClassOf(Size size, string region) =>
        AwsFamilies.Smallest(Classes, ManagedDatabaseArgs.Promise(size), region).Code;

    /// <summary>Whether a version has standard support.</summary>
    public static bool HasStandardSupport(DatabaseEngine engine, string version) =>
        engine == DatabaseEngine.PostgreSql || !OutOfStandardSupport.Contains(version);

    /// <summary>Whether queries can be sampled on a class: the smallest lack the memory.</summary>
    public static bool HasQueryInsights(string instanceClass) =>
        !instanceClass.EndsWith(".micro", StringComparison.Ordinal) && !instanceClass.EndsWith(".small", StringComparison.Ordinal);
}

using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Components.Databases;

/// <summary>A provision of databases that says which extensions its PostgreSQL has.</summary>
internal interface IOffersExtensions
{
    /// <summary>Those of <see cref="DatabaseExtensions.Known"/> that it has, whatever the version.</summary>
    IReadOnlyList<string> Extensions { get; }
}

/// <summary>
/// The extensions of PostgreSQL that a database may ask for: those that logins of consumers can use once an administrator has made them.
/// What looks into the server, opens connections of its own or keeps its objects in a schema of its own is none of them. Dated 2026-11;
/// sources: PostgreSQL 17 documentation, "Additional Supplied Modules and Extensions", and the control files of PostGIS, pgRouting,
/// pgvector and postgresql-hll.
/// </summary>
internal static class DatabaseExtensions
{
    /// <summary>The statistics of statements, which is the only one that a server must load when it starts.</summary>
    public const string Statistics = "pg_stat_statements";

    /// <summary>Geography, which images of PostgreSQL have or lack with what builds on it.</summary>
    public const string Geography = "postgis";

    private static readonly Rule Offered = Rule.Error(
        "database-extensions",
        "The cloud has the extensions of PostgreSQL that a database asks for");

    private static readonly Dictionary<string, string> Required = new()
    {
        ["earthdistance"] = "cube",
        ["pgrouting"] = Geography,
        ["postgis_raster"] = Geography,
    };

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        "bloom", "btree_gin", "btree_gist", "citext", "cube", "dict_int", "dict_xsyn", "earthdistance", "fuzzystrmatch", "hll", "hstore",
        "intarray", "isn", "lo", "ltree", "pg_stat_statements", "pg_trgm", "pgcrypto", "pgrouting", "postgis", "postgis_raster", "seg",
        "tablefunc", "tcn", "tsm_system_rows", "tsm_system_time", "unaccent", "uuid-ossp", "vector",
    ];

    /// <summary>All but those that a cloud lacks.</summary>
    public static IReadOnlyList<string> AllBut(params IEnumerable<string> lacking) => [.. Known.Except(lacking)];

    /// <summary>Those of a list and those that they require, each once: by name, and what is required before what requires it.</summary>
    public static IReadOnlyList<string> Complete(IReadOnlyList<string> extensions) =>
    [
        .. extensions
            .Order(StringComparer.Ordinal)
            .SelectMany(extension => Required.TryGetValue(extension, out var other) ? [other, extension] : new[] { extension })
            .Distinct(),
    ];

    /// <summary>The gap of a cloud that has some of them only.</summary>
    public static Gap Without(IReadOnlyList<string> offered) =>
        new("every extension", $"PostgreSQL has no {string.Join(", ", Known.Except(offered))}.") { Rule = Offered };

    /// <summary>Those that a server's databases ask for, its own and the others that stand on it.</summary>
    public static IReadOnlyList<string> On(ManagedDatabase server, CloudContext context) =>
    [
        .. context.On<LogicalDatabase>()
            .Where(database => database.Args.Server == server)
            .SelectMany(database => database.Args.Extensions)
            .Concat(server.Args.Extensions)
            .Distinct(),
    ];

    /// <summary>Reports the extensions that a database asks for and its cloud lacks, each with the clouds that have it.</summary>
    /// <param name="database">The database, a server's own or another.</param>
    /// <param name="extensions">What it asks for.</param>
    /// <param name="offered">What its cloud has.</param>
    /// <param name="checks">Where findings go.</param>
    public static void Check(Component database, IReadOnlyList<string> extensions, IReadOnlyList<string> offered, CloudChecks checks)
    {
        foreach (var extension in Complete(extensions).Intersect(Known).Except(offered))
        {
            var elsewhere = CloudNames.All
                .Where(cloud => checks.ProvisionOn(cloud, ManagedDatabaseKind.Instance) is IOffersExtensions other
                    && other.Extensions.Contains(extension))
                .Select(cloud => cloud.Name());
            checks.Report(
                Offered,
                database,
                $"Extensions holds '{extension}', which {checks.Cloud.Name()} lacks; allowed: {string.Join(", ", offered)}. Remove it, or "
                + $"place '{(database.StandsOn ?? database).Name}' on {string.Join(", ", elsewhere)}.");
        }
    }
}

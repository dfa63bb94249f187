using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Databases;

/// <summary>One database of a server, and what is in it before its consumers come.</summary>
internal sealed partial record DatabaseContents
{
    // PostgreSQL documentation: schemas that are there from the start.
    private const string EverySchema = "public";
    private const string Catalog = "information_schema";

    // Every login's script names them all, and a task definition of Amazon ECS, which holds those of several logins, has 64 KiB.
    private const int MostSchemas = 5;

    // Superusers and schemas of the engines and of the clouds' own administration (AWS, Google Cloud documentation: reserved user names).
    private static readonly string[] ReservedNames =
    [
        "admin", "azure_superuser", "cloudsqlsuperuser", Catalog, "mysql",
        "performance_schema", "postgres", "public", "rdsadmin", "root", "streaming_replica", "sys",
        "template0", "template1",
    ];

    /// <summary>The server's engine.</summary>
    public required DatabaseEngine Engine { get; init; }

    /// <summary>The engine's version.</summary>
    public required string Version { get; init; }

    /// <summary>The database's name.</summary>
    public required string Database { get; init; }

    /// <summary>The extensions of PostgreSQL that are made in it.</summary>
    public required IReadOnlyList<string> Extensions { get; init; }

    /// <summary>The schemas of PostgreSQL in which names without a schema are looked up; none for <c>public</c> alone.</summary>
    public required IReadOnlyList<string> SearchPath { get; init; }

    /// <summary>
    /// The component that it is where that is only a part of the server, so that a consumer's login is another one than that which it has
    /// in the server's own database; null for that one.
    /// </summary>
    public string? Part { get; init; }

    /// <summary>What a plan shows of it besides its name.</summary>
    public IEnumerable<Decision> Decisions =>
    [
        .. Extensions.Count == 0 ? [] : new[] { new Decision("extensions", string.Join(", ", Extensions)) },
        .. SearchPath.Count == 0 ? [] : new[] { new Decision("search path", string.Join(", ", SearchPath)) },
    ];

    /// <summary>
    /// A search path as logins have it: extensions are made in the schema that every database has, which comes last where nobody names it.
    /// </summary>
    public static IReadOnlyList<string> Complete(IReadOnlyList<string> searchPath) =>
        searchPath.Count == 0 || searchPath.Contains(EverySchema) ? searchPath : [.. searchPath, EverySchema];

    /// <summary>Reports what no cloud accepts.</summary>
    public void Check(Guard guard)
    {
        guard.Matches(
            nameof(Database),
            Database,
            Name(),
            "1 to 63 lower-case letters, digits and underscores that start with a letter");
        guard.Require(
            !ReservedNames.Contains(Database),
            nameof(Database),
            $"'{Database}'",
            $"names other than {string.Join(", ", ReservedNames)}");
        if (Engine == DatabaseEngine.PostgreSql)
        {
            CheckExtensions(guard);
            CheckSearchPath(guard);
            return;
        }

        guard.Require(
            Extensions.Count == 0,
            nameof(Extensions),
            string.Join(", ", Extensions),
            "none, because only PostgreSQL has extensions",
            "Remove them");
        guard.Require(
            SearchPath.Count == 0,
            nameof(SearchPath),
            string.Join(", ", SearchPath),
            "none, because only PostgreSQL has schemas in a database",
            "Remove it");
    }

    private void CheckExtensions(Guard guard)
    {
        foreach (var extension in Extensions.Except(DatabaseExtensions.Known))
        {
            guard.Refuse(
                nameof(Extensions),
                $"'{extension}'",
                string.Join(", ", DatabaseExtensions.Known),
                Spelling.Nearest($"{extension}", DatabaseExtensions.Known) is { } meant ? $"Write '{meant}' if you mean it" : null);
        }
    }

    private void CheckSearchPath(Guard guard)
    {
        guard.InRange(nameof(SearchPath), SearchPath.Count, 0, MostSchemas, "schemas");
        foreach (var schema in SearchPath)
        {
            guard.Require(
                schema is not null && Name().IsMatch(schema) && schema != Catalog && !schema.StartsWith("pg_", StringComparison.Ordinal),
                nameof(SearchPath),
                $"'{schema}'",
                $"schemas of 1 to 63 lower-case letters, digits and underscores that start with a letter, none called {Catalog} and none "
                + "that begins with pg_, which PostgreSQL keeps for itself");
        }

        guard.Require(
            SearchPath.Distinct().Count() == SearchPath.Count,
            nameof(SearchPath),
            string.Join(", ", SearchPath),
            "every schema once");
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,62}\z")]
    private static partial Regex Name();
}

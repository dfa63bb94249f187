using Infra.Components.Clouds.Kubernetes;

namespace Infra.Components.Databases.Kubernetes;

/// <summary>Which releases run a database in a cluster, dated 2026-08 as <see cref="Releases"/> are.</summary>
internal static class DatabaseReleases
{
    /// <summary>
    /// The extensions of PostgreSQL 15 to 17: what Debian packs with the server, pgvector, and PostGIS with pgRouting in images of their
    /// own. Sources: the projects' builds of images (cloudnative-pg/postgres-containers and postgis-containers on GitHub), 2026-08.
    /// </summary>
    public static IReadOnlyList<string> Extensions { get; } = DatabaseExtensions.AllBut("hll");

    /// <summary>The image that runs a version of PostgreSQL with some extensions.</summary>
    public static string PostgreSqlImage(string version, IReadOnlyList<string> extensions) =>
        DatabaseExtensions.Complete(extensions).Contains(DatabaseExtensions.Geography)
            ? PostGisImage(version)
            : PostgreSqlImage(version);

    /// <summary>
    /// PostgreSQL as CloudNativePG needs it, with the tools for backups, by digest. The operator reads the version off the tag. Dated
    /// 2026-08-17; source: the project's own image catalogue for Debian 13 (cloudnative-pg/artifacts on GitHub).
    /// </summary>
    private static string PostgreSqlImage(string version) => version switch
    {
        "15" => "ghcr.io/cloudnative-pg/postgresql:15.19-202608170814-system-trixie"
            + "@sha256:fa32b6605eee928ffcd5a8895bfdf657d08552c682acbba5af1f732a706015c3",
        "16" => "ghcr.io/cloudnative-pg/postgresql:16.15-202608170814-system-trixie"
            + "@sha256:9715665844fb088ba6e17181cfc2e2505b3a711e7a293ac721490175f9515233",
        "17" => "ghcr.io/cloudnative-pg/postgresql:17.11-202608170816-system-trixie"
            + "@sha256:ecaa395084a5f8831fd2655dbffc98b554473526265f53113ec969de6fc15848",
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, "not a version of PostgreSQL"),
    };

    /// <summary>
    /// The same with PostGIS 3.6 and pgRouting, whose patches come some weeks later. Dated 2026-08-03; source: the project's own image
    /// catalogue for Debian 13 (cloudnative-pg/postgis-containers on GitHub).
    /// </summary>
    private static string PostGisImage(string version) => version switch
    {
        "15" => "ghcr.io/cloudnative-pg/postgis:15.18-3.6.4-202608031108-system-trixie"
            + "@sha256:2b607164f2fc5c41cc11a888424d3c6cd36cd61381518aff67078e9bfde4d369",
        "16" => "ghcr.io/cloudnative-pg/postgis:16.14-3.6.4-202608031108-system-trixie"
            + "@sha256:1b9516949b3e3b5651d3585c2923acb6a701f1abbfbb63274886108b58d3652c",
        "17" => "ghcr.io/cloudnative-pg/postgis:17.10-3.6.4-202608031108-system-trixie"
            + "@sha256:e3f5affa754f65a4d703dc6a2f2f37233250bbc1fe2a4ae84ae3a828249b0b97",
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, "not a version of PostgreSQL"),
    };

    /// <summary>MySQL: the newest patches that the operator's release knows.</summary>
    public static string MySqlServer(string version) => version switch
    {
        "8.0" => "8.0.40",
        "8.4" => "8.4.3",
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, "not a version of MySQL"),
    };
}

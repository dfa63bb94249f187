using Infra.Components.Clouds.Kubernetes;

namespace Infra.Components.Databases.Kubernetes;

/// <summary>Which releases run a database in a cluster, dated 2026-08 as <see cref="Releases"/> are.</summary>
internal static class DatabaseReleases
{
    /// <summary>
    /// PostgreSQL as CloudNativePG needs it, with the tools for backups, by digest. The operator reads the version off the tag. Dated
    /// 2026-08-17; source: the project's own image catalogue for Debian 13 (cloudnative-pg/artifacts on GitHub).
    /// </summary>
    public static string PostgreSqlImage(string version) => version switch
    {
        "15" => "ghcr.io/cloudnative-pg/postgresql:15.19-202608170814-system-trixie"
            + "@sha256:fa32b6605eee928ffcd5a8895bfdf657d08552c682acbba5af1f732a706015c3",
        "16" => "ghcr.io/cloudnative-pg/postgresql:16.15-202608170814-system-trixie"
            + "@sha256:9715665844fb088ba6e17181cfc2e2505b3a711e7a293ac721490175f9515233",
        "17" => "ghcr.io/cloudnative-pg/postgresql:17.11-202608170816-system-trixie"
            + "@sha256:ecaa395084a5f8831fd2655dbffc98b554473526265f53113ec969de6fc15848",
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

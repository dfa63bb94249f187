using Infra.Components.Clouds.Kubernetes;

namespace Infra.Components.Databases.Kubernetes;

/// <summary>Which releases run a database in a cluster, dated 2026-08 as <see cref="Releases"/> are.</summary>
internal static class DatabaseReleases
{
    /// <summary>PostgreSQL as CloudNativePG needs it: the minor releases of May 2026, with the tools for backups.</summary>
    public static string PostgreSqlImage(string version) => version switch
    {
        "15" => "ghcr.io/cloudnative-pg/postgresql:15.18-system-trixie",
        "16" => "ghcr.io/cloudnative-pg/postgresql:16.14-system-trixie",
        "17" => "ghcr.io/cloudnative-pg/postgresql:17.10-system-trixie",
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

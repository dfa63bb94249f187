namespace Infra.Components.Clouds.Scaleway;

/// <summary>
/// The regions, and what they have. Dated 2026-08; source: the regions and zones that Scaleway's own software development kit declares per
/// product. No look-up at deployment: it could change the graph from one day to the next.
/// </summary>
internal static class ScalewayRegions
{
    // Zones with Public Gateways, Load Balancers and Managed Redis: a stack stands in no others.
    private static readonly Dictionary<string, string[]> Offered = new(StringComparer.Ordinal)
    {
        ["fr-par"] = ["fr-par-1", "fr-par-2"],
        ["nl-ams"] = ["nl-ams-1", "nl-ams-2"],
        ["pl-waw"] = ["pl-waw-1", "pl-waw-2"],
    };

    /// <summary>The regions in which a stack can stand. Milan has no load balancers, registry, databases or caches.</summary>
    public static IEnumerable<string> All => Offered.Keys.Order(StringComparer.Ordinal);

    /// <summary>The zones of a region; none where a stack cannot stand.</summary>
    public static IReadOnlyList<string> Zones(string region) => Offered.GetValueOrDefault(region) ?? [];

    /// <summary>Whether objects can move to the class for infrequent access; it keeps them in one zone.</summary>
    public static bool HasOneZoneStorage(string region) => region == "fr-par";

    /// <summary>Whether objects can move to the archive.</summary>
    public static bool HasArchive(string region) => region != "pl-waw";
}

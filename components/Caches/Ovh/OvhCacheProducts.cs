using Infra.Components.Clouds.Ovh;
using Infra.Components.Databases.Ovh;

namespace Infra.Components.Caches.Ovh;

/// <summary>What OVHcloud offers for caches; plans and flavors are those of databases.</summary>
internal static class OvhCacheProducts
{
    /// <summary>
    /// The version of Valkey. Dated 2026-11; source: OVHcloud documentation, "Capabilities and Limitations of Public Cloud Databases for
    /// Valkey".
    /// </summary>
    public const string Version = "8.1";

    // The rest is for the server itself, for replication and for snapshots; OVHcloud publishes no figure, and a quarter is what such
    // servers are usually left.
    private const double ShareForKeys = 0.75;

    /// <summary>The plan: two nodes or one; regions of several zones have no single one.</summary>
    public static OvhDatabasePlan PlanOf(CacheArgs args, OvhRegion region) =>
        OvhDatabaseProducts.Plans.First(plan => plan.Name == (args.HighAvailability || region.IsMultiZone ? "production" : "essential"));

    /// <summary>
    /// The smallest flavor whose memory holds the promised keys, or the one that the tweak asks for; null when none does.
    /// </summary>
    public static string? FlavorOf(CacheArgs args, OvhDatabasePlan plan)
    {
        var flavors = OvhDatabaseProducts.FlavorsOf(plan).Select(flavor => flavor.Product);
        var found = args.Tweak<OvhCacheTweak>()?.Flavor is { } asked
            ? flavors.FirstOrDefault(flavor => flavor.Code == asked)
            : flavors.FirstOrDefault(flavor => flavor.Capacity.MemoryGiB * ShareForKeys >= CacheArgs.Promise(args.Size).MemoryGiB);
        return found?.Code;
    }
}

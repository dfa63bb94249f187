namespace Infra.Components.Clouds.Ovh;

/// <summary>A region of OVHcloud Public Cloud. Every product names the same place in its own way.</summary>
/// <param name="Code">The name by which networks, gateways and clusters know it.</param>
/// <param name="Databases">The name by which databases and caches know it; null where they are not offered.</param>
/// <param name="Storage">The name by which object storage knows it; in lower case, it is the region to sign for.</param>
/// <param name="Registry">The region of the nearest registry, in the same jurisdiction; null where there is none.</param>
/// <param name="Flavors">The family of general-purpose nodes.</param>
internal sealed record OvhRegion(string Code, string? Databases, string Storage, string? Registry, string Flavors)
{
    /// <summary>The availability zones; none where the region is a single one.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>
    /// Whether clusters have the plan <c>standard</c> (dedicated control plane with a guarantee), which is then the only one, or
    /// <c>free</c>.
    /// </summary>
    public bool HasStandardPlan { get; init; }

    /// <summary>Where a second copy of databases' backups goes; null where nowhere else lies in the same jurisdiction.</summary>
    public string? OffSite { get; init; }

    /// <summary>Whether no public source names all of its codes together: they follow the pattern of the others.</summary>
    public bool IsUnproven { get; init; }

    /// <summary>The API of the accounts that can use it is that of the United States.</summary>
    public bool IsAmerican { get; init; }

    /// <summary>Whether it has several availability zones. Such regions have the newest generation of products only.</summary>
    public bool IsMultiZone => Zones.Count > 0;

    /// <summary>The plan of clusters.</summary>
    public string ClusterPlan => HasStandardPlan ? "standard" : "free";

    /// <summary>The most nodes of a cluster: a free control plane is shared (OVHcloud documentation: Kubernetes plans).</summary>
    public int MostNodes => HasStandardPlan ? 500 : 100;
}

/// <summary>
/// The regions. Dated 2026-11; sources: OVHcloud documentation, "Endpoints and Object Storage geoavailability", "Managed Private Registry
/// FAQ", "Capabilities and Limitations" of PostgreSQL and Valkey, "Available datacenters, worker nodes", and OVHcloud's public roadmap for
/// the plans of clusters.
/// </summary>
internal static class OvhRegions
{
    /// <summary>Every region, by its code.</summary>
    public static IReadOnlyDictionary<string, OvhRegion> All { get; } = new[]
    {
        new OvhRegion("EU-WEST-PAR", "EU-WEST-PAR", "EU-WEST-PAR", "EU-WEST-PAR", "b3")
        {
            Zones = ["eu-west-par-a", "eu-west-par-b", "eu-west-par-c"],
            HasStandardPlan = true,
            OffSite = "GRA",
        },
        new OvhRegion("EU-SOUTH-MIL", "EU-SOUTH-MIL", "EU-SOUTH-MIL", "EU-SOUTH-MIL", "b3")
        {
            Zones = ["eu-south-mil-a", "eu-south-mil-b", "eu-south-mil-c"],
            HasStandardPlan = true,
            OffSite = "EU-WEST-PAR",
            IsUnproven = true,
        },
        new OvhRegion("GRA9", "GRA", "GRA", "GRA", "b2") { OffSite = "SBG" },
        new OvhRegion("GRA11", "GRA", "GRA", "GRA", "b3") { OffSite = "SBG" },
        new OvhRegion("RBX-A", "RBX", "RBX", "GRA", "b3") { HasStandardPlan = true, OffSite = "SBG" },
        new OvhRegion("SBG5", "SBG", "SBG", "GRA", "b2") { OffSite = "GRA" },
        new OvhRegion("DE1", "DE", "DE", "DE", "b3") { OffSite = "GRA" },
        new OvhRegion("WAW1", "WAW", "WAW", "DE", "b3") { OffSite = "DE" },
        new OvhRegion("UK1", "UK", "UK", null, "b3"),
        new OvhRegion("BHS5", "BHS", "BHS", "BHS", "b2"),
        new OvhRegion("SGP1", "SGP", "SGP", null, "b2") { IsUnproven = true },
        new OvhRegion("SYD1", null, "AP-SOUTHEAST-SYD", null, "b2") { IsUnproven = true },
        new OvhRegion("AP-SOUTH-MUM-1", "AP-SOUTH-MUM", "AP-SOUTH-MUM", null, "b3") { HasStandardPlan = true, IsUnproven = true },
        new OvhRegion("US-EAST-VA-1", null, "US-EAST-VA", null, "b2") { IsAmerican = true, IsUnproven = true },
        new OvhRegion("US-WEST-OR-1", null, "US-WEST-OR", null, "b2") { IsAmerican = true, IsUnproven = true },
    }.ToDictionary(region => region.Code, StringComparer.Ordinal);

    /// <summary>The region of that code; null when the table lacks it.</summary>
    public static OvhRegion? Find(string code) => All.GetValueOrDefault(code);

    /// <summary>The codes of regions that have something, for messages.</summary>
    public static string Where(Func<OvhRegion, bool> has) => string.Join(", ", All.Values.Where(has).Select(region => region.Code));
}

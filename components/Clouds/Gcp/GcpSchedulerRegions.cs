namespace Infra.Components.Clouds.Gcp;

/// <summary>
/// The regions of Cloud Scheduler, which are fewer than those of Cloud Run: it calls those of other regions as well. Dated 2026-11;
/// sources: Google Cloud documentation, Cloud Scheduler locations, and its release notes of 2026. A region that is not in the table is one
/// of which nothing is known.
/// </summary>
internal static class GcpSchedulerRegions
{
    private static readonly string[] Known =
    [
        "asia-east1", "asia-east2", "asia-northeast1", "asia-northeast2", "asia-northeast3", "asia-south1", "asia-south2",
        "asia-southeast1", "asia-southeast2", "asia-southeast3", "australia-southeast1", "europe-central2", "europe-west1", "europe-west2",
        "europe-west3", "europe-west4", "europe-west6", "europe-west12", "me-central1", "me-central2", "me-west1",
        "northamerica-northeast1", "northamerica-northeast2", "southamerica-east1", "us-central1", "us-east1", "us-east4", "us-west1",
        "us-west2", "us-west3", "us-west4",
    ];

    /// <summary>The region in which a schedule stands: that of what it changes, or one of the same continent that is known.</summary>
    /// <param name="region">The region of what it changes.</param>
    public static string For(string region)
    {
        if (Known.Contains(region)) return region;
        var continent = $"{region.Split('-')[0]}-";
        return continent == "europe-"
            ? "europe-west1"
            : Known.FirstOrDefault(known => known.StartsWith(continent, StringComparison.Ordinal)) ?? "europe-west1";
    }
}

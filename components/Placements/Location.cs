using Infra.Components.Systems;

namespace Infra.Components.Placements;

/// <summary>
/// A place on the map, named neutrally, with the region by which each cloud knows it. Dated 2026-11; sources: the clouds' region lists.
/// A cloud without a region there has none in the table: the stack file must then name one in <c>infra:regions</c>.
/// </summary>
/// <param name="Name">The neutral name, such as <c>paris</c>.</param>
/// <param name="Country">The country, as ISO 3166-1 alpha-2.</param>
/// <param name="Aws">The AWS region.</param>
/// <param name="Gcp">The Google Cloud region.</param>
/// <param name="Scaleway">The Scaleway region.</param>
/// <param name="Ovh">The OVHcloud Public Cloud region.</param>
public sealed record Location(string Name, string Country, string? Aws, string? Gcp, string? Scaleway, string? Ovh)
{
    /// <summary>Every location that a stack file may name.</summary>
    public static IReadOnlyList<Location> All { get; } =
    [
        new("paris", "FR", "eu-west-3", "europe-west9", "fr-par", "EU-WEST-PAR"),
        new("gravelines", "FR", null, null, null, "GRA11"),
        new("amsterdam", "NL", null, "europe-west4", "nl-ams", null),
        new("frankfurt", "DE", "eu-central-1", "europe-west3", null, "DE1"),
        new("warsaw", "PL", null, "europe-central2", "pl-waw", "WAW1"),
        new("milan", "IT", "eu-south-1", "europe-west8", "it-mil", "EU-SOUTH-MIL"),
        new("dublin", "IE", "eu-west-1", null, null, null),
        new("london", "GB", "eu-west-2", "europe-west2", null, "UK1"),
        new("stockholm", "SE", "eu-north-1", null, null, null),
        new("madrid", "ES", "eu-south-2", "europe-southwest1", null, null),
        new("belgium", "BE", null, "europe-west1", null, null),
        new("virginia", "US", "us-east-1", "us-east4", null, "US-EAST-VA-1"),
        new("oregon", "US", "us-west-2", "us-west1", null, "US-WEST-OR-1"),
        new("montreal", "CA", "ca-central-1", "northamerica-northeast1", null, "BHS5"),
        new("tokyo", "JP", "ap-northeast-1", "asia-northeast1", null, null),
        new("singapore", "SG", "ap-southeast-1", "asia-southeast1", null, "SGP1"),
        new("sydney", "AU", "ap-southeast-2", "australia-southeast1", null, "SYD1"),
        new("mumbai", "IN", "ap-south-1", "asia-south1", null, "AP-SOUTH-MUM-1"),
        new("sao-paulo", "BR", "sa-east-1", "southamerica-east1", null, null),
    ];

    /// <summary>
    /// The region by which a cloud knows this place; null when it has none there. Plain Kubernetes stands where its cluster stands.
    /// </summary>
    public string? RegionOn(Cloud cloud) => cloud switch
    {
        Cloud.Aws => Aws,
        Cloud.Gcp => Gcp,
        Cloud.Scaleway => Scaleway,
        Cloud.Ovh => Ovh,
        Cloud.Kubernetes => Name,
        _ => throw new ArgumentOutOfRangeException(nameof(cloud), cloud, "not a cloud"),
    };
}

using System.Globalization;

namespace Infra.Components.Clouds.Aws;

/// <summary>
/// The availability zones of each region, in the order in which networks use them, by their identifiers: a letter means another zone in
/// another account, and some zones lack Fargate. Dated 2026-11; source: AWS documentation, "AWS Availability Zones" and "Supported Regions
/// for Amazon ECS on Fargate". Zones that accept no new customers are left out. No look-up at deployment: it could change the graph from
/// one day to the next.
/// </summary>
internal static class AwsRegions
{
    private static readonly Dictionary<string, (string Prefix, int[] Zones)> Table = new(StringComparer.Ordinal)
    {
        ["ap-northeast-1"] = ("apne1", [1, 2, 4]),
        ["ap-south-1"] = ("aps1", [1, 2, 3]),
        ["ap-southeast-1"] = ("apse1", [1, 2, 3]),
        ["ap-southeast-2"] = ("apse2", [1, 2, 3]),
        ["ca-central-1"] = ("cac1", [1, 2, 4]),
        ["eu-central-1"] = ("euc1", [1, 2, 3]),
        ["eu-central-2"] = ("euc2", [1, 2, 3]),
        ["eu-north-1"] = ("eun1", [1, 2, 3]),
        ["eu-south-1"] = ("eus1", [1, 2, 3]),
        ["eu-south-2"] = ("eus2", [1, 2, 3]),
        ["eu-west-1"] = ("euw1", [1, 2, 3]),
        ["eu-west-2"] = ("euw2", [1, 2, 3]),
        ["eu-west-3"] = ("euw3", [1, 2, 3]),
        ["sa-east-1"] = ("sae1", [1, 2, 3]),
        ["us-east-1"] = ("use1", [1, 2, 4]),
        ["us-east-2"] = ("use2", [1, 2, 3]),
        ["us-west-2"] = ("usw2", [1, 2, 3]),
    };

    /// <summary>The regions in the table.</summary>
    public static IEnumerable<string> All => Table.Keys.Order(StringComparer.Ordinal);

    /// <summary>The zones of a region, such as <c>euw3-az1</c>; none when the table lacks it.</summary>
    public static IReadOnlyList<string> Zones(string region) => Table.TryGetValue(region, out var row)
        ? [.. row.Zones.Select(zone => string.Create(CultureInfo.InvariantCulture, $"{row.Prefix}-az{zone}"))]
        : [];
}

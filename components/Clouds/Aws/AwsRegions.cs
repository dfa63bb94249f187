namespace Infra.Components.Clouds.Aws;

/// <summary>
/// The availability zones of each region, in the order in which networks use them. Dated 2026-11; source: AWS documentation, "AWS
/// Availability Zones". Zones that accept no new customers are left out. No look-up at deployment: it could change the graph from one day
/// to the next.
/// </summary>
internal static class AwsRegions
{
    private static readonly Dictionary<string, string> Letters = new(StringComparer.Ordinal)
    {
        ["ap-northeast-1"] = "acd",
        ["ap-south-1"] = "abc",
        ["ap-southeast-1"] = "abc",
        ["ap-southeast-2"] = "abc",
        ["ca-central-1"] = "abd",
        ["eu-central-1"] = "abc",
        ["eu-central-2"] = "abc",
        ["eu-north-1"] = "abc",
        ["eu-south-1"] = "abc",
        ["eu-south-2"] = "abc",
        ["eu-west-1"] = "abc",
        ["eu-west-2"] = "abc",
        ["eu-west-3"] = "abc",
        ["sa-east-1"] = "abc",
        ["us-east-1"] = "abc",
        ["us-east-2"] = "abc",
        ["us-west-2"] = "abc",
    };

    /// <summary>The regions in the table.</summary>
    public static IEnumerable<string> All => Letters.Keys.Order(StringComparer.Ordinal);

    /// <summary>The zones of a region, such as <c>eu-west-3a</c>; none when the table lacks it.</summary>
    public static IReadOnlyList<string> Zones(string region) =>
        Letters.TryGetValue(region, out var letters) ? [.. letters.Select(letter => region + letter)] : [];
}

using Infra.Components.Systems;

namespace Infra.Components.Search.Aws;

/// <summary>An instance type of Amazon OpenSearch Service.</summary>
/// <param name="Product">Its name and what it gives.</param>
/// <param name="MostGiB">The largest volume of type gp3 that it takes.</param>
internal sealed record AwsSearchEngineType(Product Product, int MostGiB);

/// <summary>
/// What Amazon OpenSearch Service offers. Dated 2026-11; sources: Amazon OpenSearch Service Developer Guide, "EBS volume size quotas", and
/// the price list of AWS, as the schemas of cfn-lint hold it: every region here has all of these.
/// </summary>
internal static class AwsSearchEngineProducts
{
    private const string Quotas = "Amazon OpenSearch Service Developer Guide, \"EBS volume size quotas\", 2026-11";

    // From the smallest to the largest. The t3 types run bursts on credits.
    private static readonly AwsSearchEngineType[] Types =
    [
        Type("t3.small.search", 2, 2, 100),
        Type("t3.medium.search", 2, 4, 200),
        Type("m6g.large.search", 2, 8, 1024),
        Type("m6g.xlarge.search", 4, 16, 2048),
        Type("m6g.2xlarge.search", 8, 32, 3072),
        Type("m6g.4xlarge.search", 16, 64, 6144),
    ];

    /// <summary>The types.</summary>
    public static IEnumerable<string> All => Types.Select(type => type.Product.Code);

    /// <summary>The version of a line.</summary>
    public static string VersionOf(string line) => line == "3" ? "OpenSearch_3.3" : "OpenSearch_2.19";

    /// <summary>The smallest type that keeps the promises of size and storage; null when none does.</summary>
    public static string? TypeOf(SearchEngineArgs args) => Types.FirstOrDefault(type =>
        type.Product.Capacity.Keeps(SearchEngineArgs.Promise(args.Size)) && type.MostGiB >= args.StorageGiB)?.Product.Code;

    /// <summary>Whether a type's processor depends on credits.</summary>
    public static bool RunsOnCredits(string type) => type.StartsWith("t3.", StringComparison.Ordinal);

    private static AwsSearchEngineType Type(string code, double vCpu, double memoryGiB, int mostGiB) =>
        new(new(code, vCpu, memoryGiB) { Source = Quotas }, mostGiB);
}

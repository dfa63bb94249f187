using Infra.Components.Systems;

namespace Infra.Components.Streams.Aws;

/// <summary>A broker size of Amazon MSK.</summary>
/// <param name="Product">Its name and what it gives.</param>
/// <param name="MostPartitions">
/// How many partitions, copies included, a broker may have: Amazon MSK refuses to change a cluster whose brokers have more.
/// </param>
internal sealed record AwsEventStreamType(Product Product, int MostPartitions);

/// <summary>
/// What Amazon MSK offers for Kafka 4. Dated 2026-11; sources: Amazon MSK Developer Guide, "Supported Apache Kafka versions", "Amazon MSK
/// broker sizes" and "Best practices for Standard brokers"; AWS documentation, "General purpose instances" for what each size has. Sizes of
/// t3 are left out: Amazon MSK refuses them for Kafka 4. So are those of m7g: not every region has them.
/// </summary>
internal static class AwsEventStreamProducts
{
    /// <summary>The newest version for standard brokers; the ending means that brokers keep the metadata themselves.</summary>
    public const string Version = "4.1.x.kraft";

    private const string BestPractices = "Amazon MSK Developer Guide, \"Best practices for Standard brokers\", 2026-11";

    // From the smallest to the largest.
    private static readonly AwsEventStreamType[] Types =
    [
        Type("kafka.m5.large", 2, 8, 1500),
        Type("kafka.m5.xlarge", 4, 16, 1500),
        Type("kafka.m5.2xlarge", 8, 32, 3000),
        Type("kafka.m5.4xlarge", 16, 64, 6000),
    ];

    /// <summary>The smallest type that keeps the promise of a size: there is one for each.</summary>
    public static AwsEventStreamType TypeOf(Size size) => Types.First(type => type.Product.Capacity.Keeps(EventStreamArgs.Promise(size)));

    /// <summary>Whether a type is in the table.</summary>
    public static bool IsKnown(string type) => Types.Any(known => known.Product.Code == type);

    private static AwsEventStreamType Type(string code, double vCpu, double memoryGiB, int mostPartitions) =>
        new(new(code, vCpu, memoryGiB) { Source = BestPractices }, mostPartitions);
}

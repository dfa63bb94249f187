using Infra.Components.Clouds.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Brokers.Aws;

/// <summary>
/// The instance types that Amazon MQ has for RabbitMQ 4. Dated 2026-11; sources: Amazon MQ Developer Guide, "RabbitMQ 4" (m7g only) and
/// "Maximum resource limits"; AWS documentation, "General purpose instances" for what each has. Which region has them,
/// <see cref="AwsFamilies"/> says.
/// </summary>
internal static class AwsMessageBrokerProducts
{
    /// <summary>The version: the newest line that every region with these types has.</summary>
    public const string Version = "4.2";

    private const string DeveloperGuide = "Amazon MQ Developer Guide, \"Maximum resource limits\", 2026-11";

    private static readonly Product[] Types =
    [
        Type("mq.m7g.medium", 1, 4),
        Type("mq.m7g.large", 2, 8),
        Type("mq.m7g.xlarge", 4, 16),
        Type("mq.m7g.2xlarge", 8, 32),
    ];

    /// <summary>The types.</summary>
    public static IEnumerable<string> All => Types.Select(type => type.Code);

    /// <summary>The smallest type of a region that keeps a size's promise; null where the region has none.</summary>
    public static string? TypeOf(Size size, string region) =>
        Product.Smallest(Types.Where(type => AwsFamilies.IsOffered(region, type.Code)), MessageBrokerArgs.Promise(size))?.Code;

    private static Product Type(string code, double vCpu, double memoryGiB) => new(code, vCpu, memoryGiB) { Source = DeveloperGuide };
}

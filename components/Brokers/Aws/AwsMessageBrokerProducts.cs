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
    /// <summary>The version: 4.3 denies what <see cref="RabbitMqConfiguration"/> permits, and Amazon MQ has no switch for it.</summary>
    public const string Version = "4.2";

    private const string DeveloperGuide = "Amazon MQ Developer Guide, \"Maximum resource limits\", 2026-11";

    // For tests only, says the guide: no cluster gets it.
    private const string ForTests = "mq.m7g.medium";

    private static readonly Product[] Types =
    [
        Type(ForTests, 1, 4),
        Type("mq.m7g.large", 2, 8),
        Type("mq.m7g.xlarge", 4, 16),
        Type("mq.m7g.2xlarge", 8, 32),
    ];

    /// <summary>The types.</summary>
    public static IEnumerable<string> All => Types.Select(type => type.Code);

    /// <summary>The smallest type of a region that keeps the promise of a broker; null where the region has none.</summary>
    public static string? TypeOf(MessageBrokerArgs args, string region) => Product.Smallest(
        Types.Where(type => AwsFamilies.IsOffered(region, type.Code) && !(args.HighAvailability && type.Code == ForTests)),
        MessageBrokerArgs.Promise(args.Size))?.Code;

    /// <summary>Whether a broker gets the type that has few connections.</summary>
    public static bool IsForTests(MessageBrokerArgs args, string region) => TypeOf(args, region) == ForTests;

    private static Product Type(string code, double vCpu, double memoryGiB) => new(code, vCpu, memoryGiB) { Source = DeveloperGuide };
}

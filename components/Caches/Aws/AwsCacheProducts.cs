using Infra.Components.Clouds.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Caches.Aws;

/// <summary>
/// What Amazon ElastiCache offers. Dated 2026-11; sources: as each row says, and AWS documentation, "Managing reserved memory": a
/// quarter of <c>maxmemory</c> is kept from keys for backups and failovers.
/// Which region has which, <see cref="AwsFamilies"/> says.
/// </summary>
internal static class AwsCacheProducts
{
    private const double ForKeys = 0.75;

    private const string NodeParameters = "ElastiCache User Guide, node-type specific parameters: maxmemory, 2026-11";

    private static readonly Product[] NodeTypes =
    [
        Node("cache.t4g.micro", 2, 0.5),
        Node("cache.t4g.small", 2, 1.37),
        Node("cache.t4g.medium", 2, 3.09),
        Node("cache.m7g.large", 2, 6.38),
        Node("cache.r7g.large", 2, 13.07),
        Node("cache.r7g.xlarge", 4, 26.32),
        Node("cache.r7g.2xlarge", 8, 52.82),
        Node("cache.r7g.4xlarge", 16, 105.81),
        Node("cache.r7g.8xlarge", 32, 209.55),
    ];

    /// <summary>The types.</summary>
    public static IEnumerable<string> All => NodeTypes.Select(node => node.Code);

    /// <summary>The smallest node type of a region that keeps a size's promise.</summary>
    public static string NodeTypeOf(Size size, string region) =>
        AwsFamilies.Smallest(NodeTypes, CacheArgs.Promise(size), region).Code;

    private static Product Node(string type, double vCpu, double maxMemoryGiB) =>
        new(type, vCpu, maxMemoryGiB * ForKeys) { Source = NodeParameters };
}

using Infra.Components.Systems;

namespace Infra.Components.Caches.Aws;

/// <summary>
/// What Amazon ElastiCache offers. Dated 2026-11; source: AWS documentation, "Supported node types" (memory that keys may take).
/// </summary>
internal static class AwsCacheProducts
{
    private static readonly Product[] NodeTypes =
    [
        new("cache.t4g.micro", 2, 0.5),
        new("cache.t4g.small", 2, 1.37),
        new("cache.t4g.medium", 2, 3.09),
        new("cache.m7g.large", 2, 6.38),
        new("cache.r7g.large", 2, 13.07),
        new("cache.r7g.xlarge", 4, 26.32),
        new("cache.r7g.2xlarge", 8, 52.82),
        new("cache.r7g.4xlarge", 16, 105.81),
    ];

    /// <summary>The smallest node type that keeps a size's promise.</summary>
    public static string NodeTypeOf(Size size) => Product.Smallest(NodeTypes, CacheArgs.Promise(size))!.Code;
}

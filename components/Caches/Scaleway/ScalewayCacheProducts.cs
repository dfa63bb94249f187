using Infra.Components.Systems;

namespace Infra.Components.Caches.Scaleway;

/// <summary>
/// What caches map to. Dated 2026-08. Scaleway shows the memory of node types to account holders only, so these are what users report that
/// they hold at least; the processor is not promised. The micro type holds less than the smallest size promises.
/// </summary>
internal static class ScalewayCacheProducts
{
    private static readonly IReadOnlyList<Product> Nodes =
    [
        new("RED1-XS", 0, 1), new("RED1-S", 0, 2), new("RED1-M", 0, 4), new("RED1-L", 0, 8), new("RED1-XL", 0, 16),
    ];

    /// <summary>Every type, from the smallest to the largest.</summary>
    public static IReadOnlyList<string> NodeTypes => [.. Nodes.Select(node => node.Code)];

    /// <summary>The smallest type that keeps the promise of a size; null when none does.</summary>
    public static string? NodeTypeOf(Size size) => Product.Smallest(Nodes, CacheArgs.Promise(size))?.Code;
}

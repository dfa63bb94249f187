using Infra.Components.Systems;

namespace Infra.Components.Caches.Scaleway;

/// <summary>
/// What caches map to. Dated 2026-09; source of the names: as each row says. Scaleway shows the memory of node types to account holders
/// only, so these are what users report that they hold at least; the processor is not promised. The micro type holds less than the smallest
/// size promises.
/// </summary>
internal static class ScalewayCacheProducts
{
    private const string Catalogue = "Scaleway's product catalogue of nl-ams, 2026-09-03";

    private static readonly IReadOnlyList<Product> Nodes =
    [
        new("RED1-XS", 0, 1) { Source = Catalogue },
        new("RED1-S", 0, 2) { Source = Catalogue },
        new("RED1-M", 0, 4) { Source = Catalogue },
        new("RED1-L", 0, 8) { IsUnproven = true },
        new("RED1-XL", 0, 16) { IsUnproven = true },
    ];

    /// <summary>Every type, from the smallest to the largest.</summary>
    public static IReadOnlyList<string> NodeTypes => [.. Nodes.Select(node => node.Code)];

    /// <summary>Whether no public source names a type.</summary>
    public static bool IsUnproven(string type) => Nodes.FirstOrDefault(node => node.Code == type) is { IsUnproven: true };

    /// <summary>The smallest type that keeps the promise of a size; null when none does.</summary>
    public static string? NodeTypeOf(Size size) => Product.Smallest(Nodes, CacheArgs.Promise(size))?.Code;
}

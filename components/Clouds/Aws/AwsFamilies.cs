using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Clouds.Aws;

/// <summary>
/// Which families of instances the regions in <see cref="AwsRegions"/> lack, for PostgreSQL and MySQL on Amazon RDS, for Amazon
/// ElastiCache and for Amazon MQ. Dated 2026-08-10; source: the price list of AWS, as the schemas of cfn-lint hold it. A family that is not
/// in the table is one of which nothing is known.
/// </summary>
internal static class AwsFamilies
{
    private static readonly Dictionary<string, string[]> Lacking = new(StringComparer.Ordinal)
    {
        ["cache.m5"] = [],
        ["cache.m6g"] = [],
        ["cache.m7g"] = ["eu-south-1"],
        ["cache.r5"] = [],
        ["cache.r6g"] = [],
        ["cache.r7g"] = [],
        ["cache.r8g"] = [],
        ["cache.t4g"] = [],
        ["db.m5"] = [],
        ["db.m6g"] = [],
        ["db.m6i"] = ["eu-central-2", "eu-south-2"],
        ["db.m7g"] = ["eu-south-1"],
        ["db.m8g"] = ["ca-central-1"],
        ["db.r5"] = [],
        ["db.r6g"] = [],
        ["db.r6i"] = ["eu-central-2", "eu-south-2"],
        ["db.r7g"] = ["eu-west-3"],
        ["db.r8g"] = ["eu-south-1"],
        ["db.t4g"] = [],
        ["mq.m7g"] = ["eu-south-1"],
    };

    /// <summary>Whether a region has the family of a class, as far as is known.</summary>
    /// <param name="region">The region, such as <c>eu-west-3</c>.</param>
    /// <param name="product">The class, such as <c>db.r7g.large</c>.</param>
    public static bool IsOffered(string region, string product) =>
        !Lacking.TryGetValue(FamilyOf(product), out var regions) || !regions.Contains(region);

    /// <summary>Whether the family of a class is in the table.</summary>
    /// <param name="product">The class, such as <c>db.r7g.large</c>.</param>
    public static bool IsKnown(string product) => Lacking.ContainsKey(FamilyOf(product));

    /// <summary>The first product of a list that a region has and that keeps a promise.</summary>
    /// <param name="products">The products, from the smallest to the largest, and among equals from the newest to the oldest.</param>
    /// <param name="promise">What a size promises.</param>
    /// <param name="region">The region.</param>
    public static Product Smallest(IEnumerable<Product> products, Capacity promise, string region) =>
        Product.Smallest(products.Where(product => IsOffered(region, product.Code)), promise)!;

    /// <summary>Refuses a class of a tweak that the region is known to lack.</summary>
    /// <param name="guard">Where findings go.</param>
    /// <param name="property">The tweak's property.</param>
    /// <param name="product">The class.</param>
    /// <param name="region">The region.</param>
    public static void Check(Guard guard, string property, string product, string region)
    {
        var family = FamilyOf(product);
        var kind = family[..(family.IndexOf('.', StringComparison.Ordinal) + 1)];
        var offered = Lacking
            .Where(row => row.Key.StartsWith(kind, StringComparison.Ordinal) && !row.Value.Contains(region))
            .Select(row => row.Key);
        guard.Require(
            IsOffered(region, product),
            property,
            product,
            $"families that {region} has, such as {string.Join(", ", offered)}",
            $"{region} has no {family}: name another class");
    }

    /// <summary>Reports a product of a tweak of whose family nothing is known.</summary>
    /// <param name="component">The component.</param>
    /// <param name="what">What it is called, such as <c>node type</c>.</param>
    /// <param name="product">The product.</param>
    /// <param name="property">The tweak's property.</param>
    /// <param name="checks">Where findings go.</param>
    public static void ReportUnknown(Component component, string what, string product, string property, CloudChecks checks)
    {
        if (!IsKnown(product))
            UnprovenProducts.ReportUnknown(component, $"{what} {product}", checks.Region, $"Name another one by {property}", checks);
    }

    private static string FamilyOf(string product) => product[..Math.Max(0, product.LastIndexOf('.'))];
}

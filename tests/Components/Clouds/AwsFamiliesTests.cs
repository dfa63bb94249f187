using Infra.Components.Caches.Aws;
using Infra.Components.Clouds.Aws;
using Infra.Components.Databases.Aws;
using Infra.Components.Systems;
using Xunit;

namespace Infra.Tests.Clouds;

public sealed class AwsFamiliesTests
{
    [Fact]
    public void It_is_known_of_every_product_which_regions_have_it() =>
        Assert.All(AwsDatabaseProducts.All.Concat(AwsCacheProducts.All), product => Assert.True(AwsFamilies.IsKnown(product), product));

    [Fact]
    public void Every_size_is_kept_by_a_product_that_the_region_has() => Assert.All(
        from region in AwsRegions.All
        from size in Enum.GetValues<Size>()
        from product in new[] { AwsDatabaseProducts.ClassOf(size, region), AwsCacheProducts.NodeTypeOf(size, region) }
        select (region, product),
        pair => Assert.True(AwsFamilies.IsOffered(pair.region, pair.product), $"{pair.region}: {pair.product}"));
}

using Infra.Components.Clouds.Aws;
using Xunit;

namespace Infra.Tests.Clouds;

public sealed class AwsNightTests
{
    [Theory]
    [InlineData("eu-west-3", "02:00-03:00", "sun:03:30-sun:04:30")]
    [InlineData("ap-northeast-1", "18:00-19:00", "sat:19:30-sat:20:30")]
    [InlineData("ap-south-1", "21:30-22:30", "sat:23:00-sun:00:00")]
    [InlineData("us-west-2", "11:00-12:00", "sun:12:30-sun:13:30")]
    public void Stores_are_maintained_while_the_region_sleeps(string region, string backup, string maintenance) =>
        Assert.Equal(new AwsNight(backup, maintenance), AwsNight.In(region));

    [Fact]
    public void It_is_known_when_every_region_sleeps() =>
        Assert.Equal(AwsRegions.All, AwsNight.Regions.Order(StringComparer.Ordinal));
}

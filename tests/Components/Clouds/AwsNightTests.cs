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

    [Theory]
    [InlineData(2, 12, "02:00-03:00", "wed:12:00-wed:13:00")]
    [InlineData(6, 2, "01:00-02:00", "sun:02:00-sun:03:00")]
    [InlineData(0, 1, "02:00-03:00", "mon:01:00-mon:02:00")]
    [InlineData(6, 23, "02:00-03:00", "sun:23:00-mon:00:00")]
    public void Another_hour_of_maintenance_moves_the_backup_only_where_the_two_would_meet(
        int day,
        int hour,
        string backup,
        string maintenance) =>
        Assert.Equal(new AwsNight(backup, maintenance), AwsNight.In("eu-west-3").MaintainedOn(day, hour));

    [Fact]
    public void Backup_and_maintenance_never_meet() => Assert.All(AwsNight.Regions, region =>
    {
        for (var hour = 0; hour < 24; hour++)
        {
            var night = AwsNight.In(region).MaintainedOn(6, hour);
            var backup = TimeSpan.ParseExact(night.Backup[..5], @"hh\:mm", null);
            var apart = Math.Abs((backup - TimeSpan.FromHours(hour)).TotalMinutes);

            Assert.InRange(apart, 60, (24 * 60) - 60);
        }
    });

    [Fact]
    public void It_is_known_when_every_region_sleeps() =>
        Assert.Equal(AwsRegions.All, AwsNight.Regions.Order(StringComparer.Ordinal));
}

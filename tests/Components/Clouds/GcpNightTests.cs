using Infra.Components.Caches;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Databases;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Clouds;

public sealed class GcpNightTests
{
    [Theory]
    [InlineData("europe-west9", "02:00", "7", "3", "SUNDAY")]
    [InlineData("asia-northeast1", "18:00", "6", "19", "SATURDAY")]
    [InlineData("us-west1", "11:00", "7", "12", "SUNDAY")]
    public void Stores_are_maintained_while_the_region_sleeps(string region, string backup, string day, string hour, string cacheDay)
    {
        var plan = GcpPlans.Good(
            model =>
            {
                model.Add(new ManagedDatabase("orders"));
                model.Add(new Cache("sessions"));
            },
            settings: settings => settings with { Regions = new Dictionary<Cloud, string> { [Cloud.Gcp] = region } });

        var database = plan.Only("gcp:sql/databaseInstance:DatabaseInstance");
        Assert.Equal(
            (backup, day, hour),
            (
                database.Input("settings.backupConfiguration.startTime"),
                database.Input("settings.maintenanceWindow.day"),
                database.Input("settings.maintenanceWindow.hour")));
        const string Window = "maintenancePolicy.weeklyMaintenanceWindows[0]";
        var cache = plan.Only("gcp:redis/instance:Instance");
        Assert.Equal((cacheDay, hour), (cache.Input($"{Window}.day"), cache.Input($"{Window}.startTime.hours")));
    }

    [Fact]
    public void It_is_known_when_every_region_sleeps_that_a_location_has() => Assert.Empty(
        Location.All.Select(location => location.Gcp).OfType<string>().Except(GcpNight.Regions));
}

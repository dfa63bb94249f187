using Infra.Components.Caches;
using Infra.Components.Caches.Gcp;
using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Caches;

public sealed class GcpCacheTests
{
    [Fact]
    public void What_Memorystore_leaves_off_by_default_is_on()
    {
        var instance = GcpPlans.Good(model => model.Add(new Cache("sessions"))).Only("gcp:redis/instance:Instance");

        Assert.Equal("True", instance.Input("authEnabled"));
        Assert.Equal("SERVER_AUTHENTICATION", instance.Input("transitEncryptionMode"));
        Assert.Equal("PRIVATE_SERVICE_ACCESS", instance.Input("connectMode"));
        Assert.Equal("STANDARD_HA", instance.Input("tier"));
        Assert.Equal("True", instance.Input("deletionProtection"));
    }

    [Fact]
    public void In_production_a_snapshot_survives_the_loss_of_both_machines()
    {
        var instance = Instance(new());

        Assert.Equal(
            ("RDB", "TWENTY_FOUR_HOURS"),
            (instance.Input("persistenceConfig.persistenceMode"), instance.Input("persistenceConfig.rdbSnapshotPeriod")));
        Assert.Null(Instance(new(), EnvironmentKind.Staging).Input("persistenceConfig"));
    }

    [Fact]
    public void The_tier_without_a_standby_is_asked_for_no_snapshots() =>
        Assert.Null(Instance(new() { HighAvailability = false }).Input("persistenceConfig"));

    [Fact]
    public void Maintenance_has_its_hour_at_night()
    {
        var instance = Instance(new());

        Assert.Equal("SUNDAY", instance.Input("maintenancePolicy.weeklyMaintenanceWindows[0].day"));
        Assert.Equal("3", instance.Input("maintenancePolicy.weeklyMaintenanceWindows[0].startTime.hours"));
    }

    [Fact]
    public void It_is_waited_for_longer_than_the_provider_would() => Assert.Equal(
        TimeSpan.FromMinutes(60),
        RegisteredOptions.Of(
            Cloud.Gcp,
            "gcp:redis/instance:Instance",
            model => model.Add(new Cache("sessions")))["sessions"].CustomTimeouts?.Update);

    [Theory]
    [InlineData(Size.Nano, 1)]
    [InlineData(Size.Medium, 6)]
    [InlineData(Size.XXLarge, 104)]
    public void Memory_is_sold_by_the_GiB(Size size, int memory) => Assert.Equal(memory, GcpCacheProducts.MemoryGiB(size));

    [Fact]
    public void A_tweak_gives_the_exact_memory_within_what_is_sold()
    {
        Assert.Equal("20", GcpPlans.Good(model => model.Add(Of(20))).Only("gcp:redis/instance:Instance").Input("memorySizeGb"));
        Assert.Equal("gcp-cache-arguments", GcpPlans.Refusal(model => model.Add(Of(301))).Rule.Id);

        static Cache Of(int memory) => new("sessions", new() { Tweaks = [new GcpCacheTweak { MemoryGiB = memory }] });
    }

    [Fact]
    public void Consumers_are_told_its_port_because_it_is_not_the_usual_one()
    {
        var plan = GcpPlans.Good(model =>
            model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(model.Add(new Cache("sessions"))));

        Assert.Equal("{sessions.port}", plan.Only("gcp:compute/firewall:Firewall", "shop-sessions-egress").Input("allows[0].ports[0]"));
    }

    private static PlannedResource Instance(CacheArgs args, EnvironmentKind environment = EnvironmentKind.Production) =>
        GcpPlans.Good(model => model.Add(new Cache("sessions", args)), environment).Only("gcp:redis/instance:Instance");
}

using Infra.Components.Caches;
using Infra.Components.Caches.Gcp;
using Infra.Components.Services;
using Infra.Components.Systems;
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

    [Theory]
    [InlineData(Size.Nano, 1)]
    [InlineData(Size.Medium, 6)]
    [InlineData(Size.XXLarge, 104)]
    public void Memory_is_sold_by_the_GiB(Size size, int memory) => Assert.Equal(memory, GcpCacheProducts.MemoryGiB(size));

    [Fact]
    public void A_tweak_gives_the_exact_memory_within_what_is_sold()
    {
        Assert.Equal("20", GcpPlans.Good(model => model.Add(Of(20))).Only("gcp:redis/instance:Instance").Input("memorySizeGb"));
        Assert.Equal("gcp-gcp-cache-tweak-memory-gi-b", GcpPlans.Refusal(model => model.Add(Of(301))).Rule);

        static Cache Of(int memory) => new("sessions", new() { Tweaks = [new GcpCacheTweak { MemoryGiB = memory }] });
    }

    [Fact]
    public void Consumers_are_told_its_port_because_it_is_not_the_usual_one()
    {
        var plan = GcpPlans.Good(model => model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(model.Add(new Cache("sessions"))));

        Assert.Equal("{sessions.port}", plan.Only("gcp:compute/firewall:Firewall", "shop-sessions-egress").Input("allows[0].ports[0]"));
    }
}

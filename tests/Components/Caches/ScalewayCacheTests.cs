using Infra.Components.Caches;
using Infra.Components.Caches.Scaleway;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Caches;

public sealed class ScalewayCacheTests
{
    private const string Cluster = "scaleway:redis/cluster:Cluster";

    [Fact]
    public void It_is_in_the_private_network_only_and_never_a_cluster_of_shards()
    {
        var plan = Plan(new());
        var cache = plan.Only(Cluster);

        Assert.True(cache.RefersTo(plan.Only("scaleway:network/privateNetwork:PrivateNetwork"), "privateNetworks[0].id"));
        Assert.Null(cache.Input("publicNetwork"));
        Assert.Null(cache.Input("acls"));
        Assert.Equal("2", cache.Input("clusterSize"));
        Assert.Equal("True", cache.Input("tlsEnabled"), ignoreCase: true);
    }

    [Theory]
    [InlineData(Size.Nano, "RED1-XS")]
    [InlineData(Size.Medium, "RED1-L")]
    [InlineData(Size.Large, "RED1-XL")]
    public void Its_nodes_are_the_smallest_that_keep_the_promise(Size size, string type) =>
        Assert.Equal(type, Plan(new() { Size = size }).Only(Cluster).Input("nodeType"));

    [Fact]
    public void Its_nodes_can_be_chosen_among_those_that_exist()
    {
        Assert.Equal("RED1-XL", Plan(new() { Tweaks = [new ScalewayCacheTweak { NodeType = "RED1-XL" }] }).Only(Cluster).Input("nodeType"));
        Assert.Contains(
            "allowed: RED1-XS",
            ScalewayPlans.OnlyError(model =>
                model.Add(new Cache("sessions", new() { Tweaks = [new ScalewayCacheTweak { NodeType = "cache.t4g.micro" }] }))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void It_evicts_as_declared() =>
        Assert.Equal("noeviction", Plan(new() { Eviction = Eviction.None }).Only(Cluster).Input("settings.maxmemory-policy"));

    [Fact]
    public void That_consumers_share_its_login_is_said() =>
        Assert.Contains(
            Plan(new()).Findings,
            finding => finding.Rule.Id == "scaleway-cache-login" && finding.Message.Contains("shop, report", StringComparison.Ordinal));

    private static Plan Plan(CacheArgs args) => ScalewayPlans.Of(model =>
    {
        var sessions = model.Add(new Cache("sessions", args));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(sessions);
        model.Add(new ContainerService("report")).Reads(sessions);
    });
}

using Infra.Components.Caches;
using Infra.Components.Caches.Ovh;
using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Caches;

public sealed class OvhCacheTests
{
    private const string Database = "ovh:CloudProject/database:Database";
    private const string User = "ovh:index/cloudProjectDatabaseValkeyUser:CloudProjectDatabaseValkeyUser";

    [Theory]
    [InlineData("paris", EnvironmentKind.Production, Size.Medium, "production", "b3-8", 2)]
    [InlineData("paris", EnvironmentKind.Production, Size.XXLarge, "production", "b3-256", 2)]
    [InlineData(OvhPlans.SingleZone, EnvironmentKind.Staging, Size.Medium, "essential", "db1-15", 1)]
    public void Memory_and_failures_decide_the_product(
        string place,
        EnvironmentKind environment,
        Size size,
        string plan,
        string flavor,
        int nodes)
    {
        var cache = OvhPlans.Good(model => model.Add(new Cache("sessions", new() { Size = size })), environment, place).Only(Database);

        Assert.Equal("valkey", cache.Input("engine"));
        Assert.Equal(plan, cache.Input("plan"));
        Assert.Equal(flavor, cache.Input("flavor"));
        Assert.Equal(nodes, cache.Inputs.GetProperty("nodes").GetArrayLength());
        Assert.Null(cache.Input("diskSize"));
    }

    [Fact]
    public void Every_consumer_has_a_user_with_the_commands_of_its_intent()
    {
        var plan = OvhPlans.Good(model =>
        {
            var sessions = model.Add(new Cache("sessions"));
            model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(sessions);
            model.Add(new ContainerService("report")).Reads(sessions);
        });

        Assert.Contains("+@all", plan.Only(User, "shop-sessions-user").Input("categories"), StringComparison.Ordinal);
        Assert.Contains("-@admin", plan.Only(User, "shop-sessions-user").Input("categories"), StringComparison.Ordinal);
        Assert.DoesNotContain("+@all", plan.Only(User, "report-sessions-user").Input("categories"), StringComparison.Ordinal);
        Assert.Equal("shop_sessions", plan.Only("kubernetes:apps/v1:Deployment", "shop").VariablesOf()["SESSIONS_USERNAME"]);
    }

    [Fact]
    public void Ovhcloud_itself_refuses_to_delete_it_in_production()
    {
        Assert.Equal("True", OvhPlans.Good(model => model.Add(new Cache("sessions"))).Only(Database).Input("deletionProtection"));
        Assert.Equal(
            "False",
            OvhPlans.Good(model => model.Add(new Cache("sessions")), EnvironmentKind.Preview).Only(Database).Input("deletionProtection"));
    }

    [Fact]
    public void That_eviction_cannot_be_chosen_is_said() =>
        Assert.Contains(
            OvhPlans.Good(model => model.Add(new Cache("sessions", new() { Eviction = Eviction.None }))).Findings,
            finding => finding is { Severity: Severity.Warning, Rule.Id: "ovh-cache-eviction", Component: "sessions" });

    [Fact]
    public void A_size_that_no_single_node_holds_is_refused() =>
        Assert.Contains(
            "db1-120",
            OvhPlans.OnlyError(
                model => model.Add(new Cache("sessions", new() { Size = Size.XXLarge, HighAvailability = false })),
                place: OvhPlans.SingleZone),
            StringComparison.Ordinal);

    [Fact]
    public void A_flavor_that_does_not_exist_is_refused_with_those_that_do() =>
        Assert.Contains(
            "b3-8",
            OvhPlans.OnlyError(model => model.Add(new Cache("sessions", new() { Tweaks = [new OvhCacheTweak { Flavor = "b4-8" }] }))),
            StringComparison.Ordinal);
}

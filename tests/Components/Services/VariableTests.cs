using Infra.Components.Buckets;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

/// <summary>What a service finds in its environment, and which names are taken in it.</summary>
public sealed class VariableTests
{
    public static TheoryData<Cloud> Clouds => [.. Fixtures.Clouds];

    [Theory]
    [MemberData(nameof(Clouds))]
    public void Names_of_any_framework_arrive_as_they_are(Cloud cloud)
    {
        var names = new[] { "discovery.type", "http_proxy", "Identity__Url", "S3_ENABLED" };
        var fixture = Fixtures.Of(cloud);
        var plan = fixture.PlanWithoutErrors(model =>
        {
            var photos = model.Add(new Bucket("photos"));
            model.Add(new ContainerService("shop", new() { Environment = names.ToDictionary(name => name) })).Reads(photos, "S3");
        });

        var variables = fixture.VariablesOf(plan, "shop");
        Assert.All(names, name => Assert.Equal(name, variables[name].Value));
        Assert.Contains("S3_NAME", variables.Keys);
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_service_finds_its_port_in_its_environment(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);
        var plan = fixture.PlanWithoutErrors(model =>
        {
            model.Add(new ContainerService("shop", new() { Port = 8081 }));
            model.Add(new ContainerService("worker"));
        });

        Assert.Equal("8081", fixture.VariablesOf(plan, "shop")["PORT"].Value);
        Assert.DoesNotContain("PORT", fixture.VariablesOf(plan, "worker").Keys);
    }

    [Fact]
    public void A_variable_that_a_link_sets_is_taken()
    {
        var error = AwsPlans.Try(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            var environment = new Dictionary<string, string> { ["ORDERS_HOST"] = "elsewhere", ["ORDERS_RETRIES"] = "3" };
            model.Add(new ContainerService("shop", new() { Environment = environment })).Reads(orders);
        }).OnlyError();

        Assert.Equal(("link-prefix", "shop"), (error.Rule.Id, error.Component));
        Assert.StartsWith(
            "'ORDERS_HOST' is set by Environment and by the link to 'orders'",
            error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_link_may_have_a_long_prefix(Cloud cloud)
    {
        var system = TestSystems.Declare(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            model.Add(new ContainerService("shop")).Writes(orders, "THE_DATABASE_OF_ALL_ORDERS_OF_THE_SHOP");
        });

        Assert.Equal("", Rehearsal.Run(system, Fixtures.Of(cloud).SettingsFor(system, EnvironmentKind.Production)).Errors());
    }
}

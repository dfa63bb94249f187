using System.Text.Json.Nodes;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.ContentDelivery;

/// <summary>What a content delivery network promises on a cloud that has none of its own.</summary>
public abstract class SuppliedCdnContract(CloudFixture cloud)
{
    [Fact]
    public void That_there_is_none_is_said_with_what_to_do_instead()
    {
        var error = Rehearse(null).OnlyError();

        Assert.Equal(("cdn-network", "assets"), (error.Rule.Id, error.Component));
        Assert.Contains("infra:components.assets.supplier", error.Message, StringComparison.Ordinal);
        Assert.Contains("together with its bucket 'media' on aws, gcp, scaleway", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_suppliers_network_is_named_in_the_stack_file()
    {
        var plan = Rehearse(new() { ["supplier"] = "shop.cdn.example" }).WithoutErrors();

        Assert.Empty(plan.Of("assets"));
        Assert.Equal(Backing.External, plan.Component("assets").Backing);
        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "cdn-supplier", Severity: Severity.Info });
        var variables = cloud.VariablesOf(plan, "shop");
        Assert.Equal("https://assets.shop.example", variables["ASSETS_URL"].Value);
        Assert.Contains(
            plan.Of("name"),
            resource => resource.Inputs.ToString().Contains("shop.cdn.example", StringComparison.Ordinal));
    }

    [Fact]
    public void Placed_on_a_cloud_that_has_one_it_stands_there_with_its_bucket() => Assert.All(
        new[] { Cloud.Aws, Cloud.Gcp, Cloud.Scaleway },
        place =>
        {
            var plan = Rehearse(
                null,
                settings => settings with
                {
                    // Every cloud stands there.
                    Location = Location.All.Single(location => location.Name == "paris"),
                    Placement = new Dictionary<string, Cloud> { ["assets"] = place, ["media"] = place },
                }).WithoutErrors();

            Assert.NotEmpty(plan.Of("assets"));
            Assert.Equal("https://assets.shop.example", cloud.VariablesOf(plan, "shop")["ASSETS_URL"].Value);
        });

    private Plan Rehearse(JsonObject? assets, Func<StackSettings, StackSettings>? change = null)
    {
        var system = TestSystems.Declare(model => CdnContract.Used(model));
        var settings = cloud.SettingsFor(system, EnvironmentKind.Production);
        if (assets is not null)
            settings = settings with { Components = new Dictionary<string, JsonObject> { ["assets"] = assets } };
        return Rehearsal.Run(system, change?.Invoke(settings) ?? settings);
    }
}

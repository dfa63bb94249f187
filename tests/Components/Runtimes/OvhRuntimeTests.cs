using Infra.Components.Checks;
using Infra.Components.Jobs;
using Infra.Components.Networks;
using Infra.Components.Runtimes.Ovh;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Runtimes;

public sealed class OvhRuntimeTests
{
    private const string Kube = "ovh:CloudProject/kube:Kube";
    private const string Restrictions = "ovh:CloudProject/kubeIpRestrictions:KubeIpRestrictions";
    private const string Pool = "ovh:CloudProject/kubeNodePool:KubeNodePool";

    [Fact]
    public void The_cluster_stands_in_the_private_network_behind_its_gateway()
    {
        var plan = OvhPlans.Good(Shop);

        var cluster = plan.Only(Kube);
        Assert.Equal("{network.regionsOpenstackIds.EU-WEST-PAR}", cluster.Input("privateNetworkId"));
        Assert.Equal("{network-subnet.id}", cluster.Input("nodesSubnetId"));
        Assert.Contains(plan.Only("ovh:CloudProject/gateway:Gateway").Urn, cluster.DependsOn);
        Assert.Equal("MINIMAL_DOWNTIME", cluster.Input("updatePolicy"));
        Assert.Matches(@"^1\.\d+$", cluster.Input("version"));
        Assert.True(cluster.Protect);
    }

    [Fact]
    public void In_a_region_of_several_zones_every_zone_has_a_pool()
    {
        var plan = OvhPlans.Good(Shop);

        Assert.Equal("standard", plan.Only(Kube).Input("plan"));
        Assert.Equal(
            ["eu-west-par-a", "eu-west-par-b", "eu-west-par-c"],
            plan.OfType(Pool).Select(pool => pool.Input("availabilityZones[0]")));
        Assert.All(plan.OfType(Pool), pool => Assert.DoesNotContain('_', pool.Name));
    }

    [Fact]
    public void In_a_region_of_one_zone_nodes_leave_by_the_gateway_and_not_by_their_own_addresses()
    {
        var plan = OvhPlans.Good(Shop, place: OvhPlans.SingleZone);

        Assert.Equal("free", plan.Only(Kube).Input("plan"));
        Assert.Equal("True", plan.Only(Kube).Input("privateNetworkConfiguration.privateNetworkRoutingAsDefault"));
        Assert.Null(Assert.Single(plan.OfType(Pool)).Input("availabilityZones"));
    }

    [Fact]
    public void Only_administrators_and_the_nodes_gateway_reach_the_api()
    {
        var plan = OvhPlans.Good(Shop);
        var restrictions = plan.Only(Restrictions);

        Assert.Equal("203.0.113.16/28", restrictions.Input("ips[0]"));
        Assert.True(restrictions.RefersTo(plan.Only("ovh:CloudProject/gateway:Gateway"), "ips[1]"));
        Assert.EndsWith("/32", restrictions.Input("ips[1]"), StringComparison.Ordinal);
        Assert.Null(restrictions.Input("ips[2]"));
        Assert.All(plan.OfType(Pool), pool => Assert.Contains(restrictions.Urn, pool.DependsOn));
    }

    [Fact]
    public void An_open_cluster_api_is_reported()
    {
        var plan = OvhPlans.Good(
            Shop,
            settings: settings => settings with { Accounts = new() { Ovh = settings.Accounts.Ovh! with { ApiAddresses = [] } } });

        Assert.Contains(plan.Findings, finding => finding is { Severity: Severity.Warning, Rule.Id: "ovh-api-open" });
        Assert.Empty(plan.OfType(Restrictions));
    }

    [Fact]
    public void The_number_of_nodes_is_the_autoscalers_where_there_is_one()
    {
        Assert.All(RegisteredOptions.Of(Cloud.Ovh, Pool, Shop).Values, options => Assert.Equal(["desiredNodes"], options.IgnoreChanges));
        Assert.All(RegisteredOptions.Of(Cloud.Ovh, Pool, Fixed).Values, options => Assert.Empty(options.IgnoreChanges));
        Assert.All(OvhPlans.Good(Fixed).OfType(Pool), pool => Assert.Equal("False", pool.Input("autoscale")));

        static void Fixed(Model model) => Shop(model, new() { MaximumNodes = 3 });
    }

    [Fact]
    public void Pools_that_grow_say_that_an_update_must_know_how_far_they_have_grown()
    {
        Assert.Contains(OvhPlans.Good(Shop).Findings, IsAboutRefreshing);
        Assert.DoesNotContain(OvhPlans.Good(model => Shop(model, new() { MaximumNodes = 3 })).Findings, IsAboutRefreshing);

        static bool IsAboutRefreshing(Finding finding) =>
            finding.Rule.Id == "ovh-node-pool-refresh" && finding.Message.Contains("--refresh", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("nodesSubnetId")]
    public void A_change_that_ovhcloud_refuses_or_ignores_shows_as_the_replacement_that_it_takes(string property) =>
        Assert.Contains(property, RegisteredOptions.Of(Cloud.Ovh, Kube, Shop)["runtime"].ReplaceOnChanges);

    [Fact]
    public void Clusters_and_nodes_have_the_time_that_they_need() =>
        Assert.All(
            new[] { Kube, Pool }.SelectMany(type => RegisteredOptions.Of(Cloud.Ovh, type, Shop).Values),
            options => Assert.InRange(options.CustomTimeouts!.Create!.Value, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(60)));

    [Fact]
    public void The_provider_waits_for_the_first_nodes_and_keeps_the_kubeconfig_secret()
    {
        var plan = OvhPlans.Good(Shop);

        var provider = plan.Only("pulumi:providers:kubernetes");
        Assert.Contains(plan.OfType(Pool)[0].Urn, provider.DependsOn);
        Assert.Equal("[secret {runtime.kubeconfig}]", provider.Input("kubeconfig"));
    }

    [Theory]
    [InlineData(Size.Nano, "b3-8")]
    [InlineData(Size.Medium, "b3-8")]
    [InlineData(Size.Large, "b3-16")]
    [InlineData(Size.XLarge, "b3-32")]
    [InlineData(Size.XXLarge, "b3-64")]
    public void Nodes_hold_the_largest_replica(Size size, string flavor) =>
        Assert.Equal(
            flavor,
            OvhPlans.Good(model => model.Add(new ContainerService("shop", new() { Port = 8080, Size = size })))
                .OfType(Pool)[0]
                .Input("flavorName"));

    [Fact]
    public void Pools_grow_to_what_all_services_need_at_their_bounds_and_count_for_themselves()
    {
        var few = Nodes(
            OvhPlans.Good(model => model.Add(new ContainerService("shop", new() { Port = 8080, Scaling = new() { Maximum = 4 } }))));
        var many = Nodes(OvhPlans.Good(model =>
        {
            model.Add(new ContainerService("shop", new() { Port = 8080, Scaling = new() { Maximum = 40 } }));
            model.Add(new Job("schema"));
        }));

        Assert.True(many.Maximum > few.Maximum, $"{many} {few}");
        Assert.Equal(1, many.Minimum);

        static (int Minimum, int Maximum) Nodes(Plan plan)
        {
            var pool = plan.OfType(Pool)[0];
            Assert.Equal("True", pool.Input("autoscale"));
            return (pool.Inputs.GetProperty("minNodes").GetInt32(), pool.Inputs.GetProperty("maxNodes").GetInt32());
        }
    }

    [Fact]
    public void More_nodes_than_a_cluster_may_have_are_refused() =>
        Assert.Contains(
            "100 nodes",
            OvhPlans.OnlyError(
                model => model.Add(
                    new ContainerService("shop", new() { Port = 8080, Size = Size.XXLarge, Scaling = new() { Maximum = 400 } })),
                place: OvhPlans.SingleZone),
            StringComparison.Ordinal);

    [Fact]
    public void Nodes_on_different_machines_are_five_in_a_pool_at_most() =>
        Assert.Contains(
            "5 nodes",
            OvhPlans.OnlyError(model => Shop(model, new() { AntiAffinity = true, MaximumNodes = 60 })),
            StringComparison.Ordinal);

    [Fact]
    public void A_stack_may_ask_for_other_nodes()
    {
        var plan = OvhPlans.Good(model => Shop(model, new() { Flavor = "b3-64", MaximumNodes = 6, MonthlyBilling = true }));

        Assert.All(plan.OfType(Pool), pool =>
        {
            Assert.Equal("b3-64", pool.Input("flavorName"));
            Assert.Equal("2", pool.Input("maxNodes"));
            Assert.Equal("True", pool.Input("monthlyBilled"));
        });
    }

    [Fact]
    public void A_flavor_that_the_region_lacks_is_refused_with_those_that_it_has() =>
        Assert.Contains("b3-8, b3-16", OvhPlans.OnlyError(model => Shop(model, new() { Flavor = "b2-7" })), StringComparison.Ordinal);

    private static void Shop(Model model) => Shop(model, new());

    private static void Shop(Model model, OvhRuntimeTweak tweak)
    {
        model.Add(new PrivateNetwork("network", new() { Tweaks = [tweak] }));
        model.Add(new ContainerService("shop", new() { Port = 8080 }));
    }
}

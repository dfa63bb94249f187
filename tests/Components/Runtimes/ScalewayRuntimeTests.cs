using Infra.Components.Checks;
using Infra.Components.Networks;
using Infra.Components.Runtimes.Scaleway;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Runtimes;

public sealed class ScalewayRuntimeTests
{
    private const string Pool = "scaleway:kubernetes/pool:Pool";

    [Fact]
    public void Nodes_have_no_public_address_and_wait_for_the_way_out()
    {
        var plan = Plan(new());
        var way = plan.Only("scaleway:network/gatewayNetwork:GatewayNetwork");

        Assert.NotEmpty(plan.OfType(Pool));
        Assert.All(plan.OfType(Pool), pool =>
        {
            Assert.Equal("True", pool.Input("publicIpDisabled"), ignoreCase: true);
            Assert.Contains(way.Urn, pool.DependsOn);
        });
    }

    [Fact]
    public void What_stands_in_the_cluster_waits_for_nodes()
    {
        var plan = Plan(new());
        var provider = plan.Only("pulumi:providers:kubernetes");

        Assert.All(plan.OfType(Pool), pool => Assert.Contains(pool.Urn, provider.DependsOn));
        Assert.Equal("runtime-cluster", provider.Name);
    }

    [Fact]
    public void Production_has_nodes_in_two_zones_and_a_control_plane_of_its_own()
    {
        var plan = Plan(new());

        Assert.Equal(["fr-par-1", "fr-par-2"], plan.OfType(Pool).Select(pool => pool.Input("zone")));
        Assert.Equal("kapsule-dedicated-4", plan.Only("scaleway:kubernetes/cluster:Cluster").Input("type"));
        Assert.True(plan.Only("scaleway:kubernetes/cluster:Cluster").Protect);
    }

    [Fact]
    public void A_preview_has_one_pool_and_a_shared_control_plane()
    {
        var plan = Plan(new(), EnvironmentKind.Preview);

        Assert.Equal(["fr-par-1"], plan.OfType(Pool).Select(pool => pool.Input("zone")));
        Assert.Equal("kapsule", plan.Only("scaleway:kubernetes/cluster:Cluster").Input("type"));
        Assert.Equal("True", plan.Only("scaleway:kubernetes/cluster:Cluster").Input("deleteAdditionalResources"), ignoreCase: true);
    }

    [Fact]
    public void A_version_without_patch_goes_with_automatic_upgrades()
    {
        var cluster = Plan(new()).Only("scaleway:kubernetes/cluster:Cluster");

        Assert.Equal("True", cluster.Input("autoUpgrade.enable"), ignoreCase: true);
        Assert.Matches(@"^1\.\d+$", cluster.Input("version"));
        Assert.Equal("cilium", cluster.Input("cni"));
    }

    [Fact]
    public void Only_administrators_and_the_nodes_themselves_reach_the_api()
    {
        var acl = Plan(new()).Only("scaleway:kubernetes/acl:Acl");

        Assert.Equal("203.0.113.16/28", acl.Input("aclRules[0].ip"));
        Assert.Equal("nodes", acl.Input("aclRules[1].description"));
        Assert.Null(acl.Input("aclRules[2].ip"));
    }

    [Theory]
    [InlineData(Size.Small, 2, "PRO2-XXS")]
    [InlineData(Size.Large, 2, "PRO2-XS")]
    [InlineData(Size.XXLarge, 2, "PRO2-M")]
    [InlineData(Size.Small, 400, "PRO2-XS")]
    public void The_type_of_nodes_is_the_smallest_that_carries_the_consumers(Size size, int maximum, string type) =>
        Assert.All(
            Plan(new() { Size = size, Scaling = new() { Minimum = 2, Maximum = maximum } }).OfType(Pool),
            pool => Assert.Equal(type, pool.Input("nodeType")));

    [Fact]
    public void Pools_grow_to_what_the_bounds_of_the_consumers_add_up_to()
    {
        // Twenty replicas of 1 vCPU and 2 GiB, and 2 vCPU for the cluster itself, on nodes that give 1.5: 15 nodes, one more to update, in
        // two zones.
        var pools = Plan(new() { Size = Size.Medium, Scaling = new() { Minimum = 2, Maximum = 20 } }).OfType(Pool);

        Assert.All(pools, pool => Assert.Equal("8", pool.Input("maxSize")));
        Assert.All(pools, pool => Assert.Equal("1", pool.Input("minSize")));
    }

    [Fact]
    public void The_number_of_nodes_is_the_autoscalers() =>
        Assert.All(
            RegisteredOptions.Of(Cloud.Scaleway, Pool, model => model.Add(new ContainerService("shop"))).Values,
            options => Assert.Equal(["size"], options.IgnoreChanges));

    [Fact]
    public void Nodes_have_disks_that_kapsule_accepts_and_zones_grow_alike()
    {
        var cluster = Plan(new()).Only("scaleway:kubernetes/cluster:Cluster");

        Assert.Equal(
            ("True", "0.5"),
            (cluster.Input("autoscalerConfig.balanceSimilarNodeGroups"), cluster.Input("autoscalerConfig.scaleDownUtilizationThreshold")));
        Assert.All(Plan(new()).OfType(Pool), pool =>
        {
            Assert.Equal("sbs_5k", pool.Input("rootVolumeType"));
            Assert.InRange(pool.Inputs.GetProperty("rootVolumeSizeInGb").GetInt32(), 20, 1000);
            Assert.Equal("True", pool.Input("waitForPoolReady"), ignoreCase: true);
        });
    }

    [Fact]
    public void Sick_nodes_are_replaced_and_updates_start_with_a_new_one() =>
        Assert.All(Plan(new()).OfType(Pool), pool =>
        {
            Assert.Equal("True", pool.Input("autohealing"), ignoreCase: true);
            Assert.Equal(("1", "0"), (pool.Input("upgradePolicy.maxSurge"), pool.Input("upgradePolicy.maxUnavailable")));
        });

    [Fact]
    public void Deleting_a_productions_cluster_leaves_its_volumes_and_load_balancers() =>
        Assert.Equal("False", Plan(new()).Only("scaleway:kubernetes/cluster:Cluster").Input("deleteAdditionalResources"), ignoreCase: true);

    [Fact]
    public void Arm_consumers_have_nodes_of_their_own()
    {
        var plan = Plan(new() { Architecture = CpuArchitecture.Arm64 });

        Assert.Equal(["BASIC2-A2C-4G", "PRO2-XXS"], plan.OfType(Pool).Select(pool => pool.Input("nodeType")!).Distinct().Order());
    }

    [Fact]
    public void Arm_consumers_have_nodes_in_the_zones_that_have_such_nodes()
    {
        Assert.Equal(["fr-par-1", "fr-par-2"], Zones(ArmIn("fr-par")));
        Assert.DoesNotContain(ArmIn("fr-par").Findings, IsAboutZones);
        var amsterdam = ArmIn("nl-ams");
        Assert.Equal(["nl-ams-1"], Zones(amsterdam));
        Assert.Contains("only nl-ams-1 has nodes", Assert.Single(amsterdam.Findings, IsAboutZones).Message, StringComparison.Ordinal);

        static bool IsAboutZones(Finding finding) => finding.Rule.Id == "scaleway-node-zones";

        static IEnumerable<string?> Zones(Plan plan) =>
            plan.OfType(Pool).Where(pool => pool.Input("nodeType")!.StartsWith("BASIC2-A", StringComparison.Ordinal))
                .Select(pool => pool.Input("zone"));
    }

    [Fact]
    public void Arm_consumers_are_refused_in_regions_without_such_nodes_with_those_that_have_them()
    {
        var refusal = ArmIn("pl-waw").OnlyError();

        Assert.Equal(("scaleway-node-zone", "shop"), (refusal.Rule.Id, refusal.Component));
        Assert.Contains("Arm64 in fr-par-1, fr-par-2, nl-ams-1", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("place 'shop' on aws, kubernetes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_of_nodes_that_the_region_lacks_is_refused_with_the_zones_that_have_it() =>
        Assert.Contains(
            "this one is in fr-par-1, fr-par-2, nl-ams-1, nl-ams-2",
            In("pl-waw", model => Declare(model, new(), new() { NodeType = "STANDARD3-X4C-16G" })).OnlyError().Message,
            StringComparison.Ordinal);

    [Fact]
    public void Whatever_kapsule_makes_labels_of_can_be_one() =>
        Assert.All(Plan(new()).OfType(Pool), pool =>
        {
            Assert.Contains("owner=platform-example.org", pool.Input("tags"), StringComparison.Ordinal);
            Assert.DoesNotContain("@", pool.Input("tags"), StringComparison.Ordinal);
        });

    [Fact]
    public void A_control_plane_that_is_paid_for_a_month_says_so()
    {
        Assert.Contains("kapsule-dedicated-4", Assert.Single(Plan(new()).Findings, IsCommitted).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Plan(new(), EnvironmentKind.Staging).Findings, IsCommitted);
        Assert.DoesNotContain(Plan(new(), tweak: new() { ControlPlane = "kapsule" }).Findings, IsCommitted);

        static bool IsCommitted(Finding finding) => finding.Rule.Id == "scaleway-control-plane-commitment";
    }

    [Fact]
    public void The_type_of_nodes_can_be_chosen()
    {
        Assert.All(
            Plan(new(), tweak: new() { NodeType = "POP2-4C-16G" }).OfType(Pool),
            pool => Assert.Equal("POP2-4C-16G", pool.Input("nodeType")));
        Assert.Contains(
            "'COPARM1-2C-8G'",
            ScalewayPlans.OnlyError(model => Declare(model, new(), new() { NodeType = "COPARM1-2C-8G" })),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Bounds_that_no_cluster_carries_are_refused() =>
        Assert.Contains(
            "Lower Scaling.Maximum",
            ScalewayPlans.OnlyError(model =>
                Declare(model, new() { Size = Size.XXLarge, Scaling = new() { Minimum = 2, Maximum = 1000 } }, new())),
            StringComparison.Ordinal);

    private static Plan Plan(
        ContainerServiceArgs args,
        EnvironmentKind environment = EnvironmentKind.Production,
        ScalewayRuntimeTweak? tweak = null) =>
        ScalewayPlans.Of(model => Declare(model, args, tweak ?? new()), environment);

    private static Plan ArmIn(string region) =>
        In(region, model => Declare(model, new() { Architecture = CpuArchitecture.Arm64 }, new()));

    private static Plan In(string region, Action<Model> declare) => TestSystems.Plan(
        Cloud.Scaleway,
        declare,
        EnvironmentKind.Production,
        settings => settings with { Regions = new Dictionary<Cloud, string> { [Cloud.Scaleway] = region } });

    private static void Declare(Model model, ContainerServiceArgs args, ScalewayRuntimeTweak tweak)
    {
        model.Add(new PrivateNetwork("network", new() { Tweaks = [tweak] }));
        model.Add(new ContainerService("shop", args));
    }
}

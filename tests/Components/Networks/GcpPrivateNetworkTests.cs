using Infra.Components.Networks;
using Infra.Components.Networks.Gcp;
using Infra.Components.Services;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Networks;

public sealed class GcpPrivateNetworkTests
{
    [Fact]
    public void Every_tier_has_its_part_of_the_block()
    {
        var plan = new GcpAddressPlan("10.20.0.0/16");

        Assert.Equal("10.20.0.0/18", plan.Workloads);
        Assert.Equal("10.20.64.0/23", plan.Proxies);
        Assert.Equal("10.20.128.0", plan.ManagedServices);
    }

    [Fact]
    public void Nothing_inside_is_reachable_unless_a_link_says_so()
    {
        var deny = Assert.Single(GcpPlans.Good(model => model.Add(new ContainerService("shop"))).OfType("gcp:compute/firewall:Firewall"));

        Assert.Equal("EGRESS", deny.Input("direction"));
        Assert.Equal("10.0.0.0/16", deny.Input("destinationRanges[0]"));
        Assert.Equal("all", deny.Input("denies[0].protocol"));
    }

    [Fact]
    public void Its_way_out_has_fixed_addresses_that_outlive_it()
    {
        var plan = GcpPlans.Good(model =>
        {
            model.Add(new PrivateNetwork("network", new() { Tweaks = [new GcpNetworkTweak { EgressAddresses = 2 }] }));
            model.Add(new ContainerService("shop"));
        });

        var nat = plan.Only("gcp:compute/routerNat:RouterNat");
        Assert.Equal("MANUAL_ONLY", nat.Input("natIpAllocateOption"));
        Assert.Equal("{network-egress-2.selfLink}", nat.Input("natIps[1]"));
        Assert.All(plan.OfType("gcp:compute/address:Address"), address => Assert.True(address.Protect));
        Assert.Equal(
            "{network-egress-1.address},{network-egress-2.address}",
            plan.Component("network").Outputs.GetProperty("egressAddresses").GetString());
    }

    [Fact]
    public void Without_egress_there_is_no_gateway()
    {
        var plan = GcpPlans.Good(model =>
        {
            model.Add(new PrivateNetwork("network", new() { Egress = Egress.None }));
            model.Add(new ContainerService("shop"));
        });

        Assert.Empty(plan.OfType("gcp:compute/routerNat:RouterNat"));
        Assert.Equal("", plan.Component("network").Outputs.GetProperty("egressAddresses").GetString());
    }

    [Fact]
    public void It_makes_no_subnets_of_its_own_accord_and_reaches_Googles_APIs_without_the_internet()
    {
        var plan = GcpPlans.Good(model => model.Add(new ContainerService("shop")));

        Assert.Equal("False", plan.Only("gcp:compute/network:Network").Input("autoCreateSubnetworks"));
        Assert.Equal("True", plan.Only("gcp:compute/subnetwork:Subnetwork", "network-private").Input("privateIpGoogleAccess"));
    }

    [Fact]
    public void Its_peering_is_left_behind_because_Google_refuses_to_remove_it_for_days() => Assert.Equal(
        "ABANDON",
        GcpPlans.Good(model => model.Add(new ContainerService("shop")))
            .Only("gcp:servicenetworking/connection:Connection")
            .Input("deletionPolicy"));

    [Fact]
    public void Its_way_out_hands_out_as_many_ports_as_a_machine_needs()
    {
        var nat = GcpPlans.Good(model => model.Add(new ContainerService("shop"))).Only("gcp:compute/routerNat:RouterNat");

        Assert.Equal(("True", "False"), (nat.Input("enableDynamicPortAllocation"), nat.Input("enableEndpointIndependentMapping")));
        Assert.Equal(("True", "ERRORS_ONLY"), (nat.Input("logConfig.enable"), nat.Input("logConfig.filter")));
    }

    [Fact]
    public void The_block_in_which_Cloud_SQL_answers_nobody_is_refused_where_there_are_databases()
    {
        Assert.Equal(
            "gcp-cidr",
            GcpPlans.Refusal(model =>
                Declare(model).Add(new Components.Databases.ManagedDatabase("orders", new() { BackupDays = 7 }))).Rule.Id);
        GcpPlans.Good(model => Declare(model).Add(new ContainerService("shop")));

        static Components.Systems.Model Declare(Components.Systems.Model model)
        {
            model.Add(new PrivateNetwork("network", new() { Cidr = "172.17.0.0/16" }));
            return model;
        }
    }

    [Fact]
    public void The_number_of_addresses_is_bounded() => Assert.Equal(
        "gcp-network-arguments",
        GcpPlans.Refusal(model =>
        {
            model.Add(new PrivateNetwork("network", new() { Tweaks = [new GcpNetworkTweak { EgressAddresses = 9 }] }));
            model.Add(new ContainerService("shop"));
        }).Rule.Id);
}

using Infra.Components.Checks;
using Infra.Components.Networks;
using Infra.Components.Networks.Ovh;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Networks;

public sealed class OvhPrivateNetworkTests
{
    [Fact]
    public void Nodes_leave_through_a_gateway_whose_address_is_known()
    {
        var plan = Plan(new() { Cidr = "10.20.0.0/16" });

        var subnet = plan.Only("ovh:CloudProject/networkPrivateSubnet:NetworkPrivateSubnet");
        Assert.Equal("10.20.0.0/17", subnet.Input("network"));
        Assert.Equal("False", subnet.Input("noGateway"));
        Assert.Equal("{network.regionsOpenstackIds.EU-WEST-PAR}", plan.Only("ovh:CloudProject/gateway:Gateway").Input("networkId"));
        Assert.Contains("network-gateway", plan.Component("network").Outputs.At("egressAddresses")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Stacks_of_one_project_stand_on_vlans_of_their_own()
    {
        var production = Vlan(Plan(new()));
        var staging = Vlan(Plan(new(), EnvironmentKind.Staging));

        Assert.NotEqual(production, staging);
        Assert.InRange(production, 1, 4000);
        Assert.Equal(42, Vlan(Plan(new() { Tweaks = [new OvhNetworkTweak { VlanId = 42 }] })));
    }

    [Theory]
    [InlineData("paris", "10.240.0.0/16", "10.240.0.0/13")]
    [InlineData("paris", "10.247.0.0/16", "10.240.0.0/13")]
    [InlineData("paris", "10.3.0.0/16", "10.3.0.0/16")]
    [InlineData(OvhPlans.SingleZone, "10.2.0.0/16", "10.2.0.0/16")]
    [InlineData(OvhPlans.SingleZone, "172.17.0.0/16", "172.17.0.0/16")]
    public void A_block_that_the_cluster_uses_itself_is_refused(string place, string cidr, string range) =>
        Assert.Contains(
            $"overlaps {range}",
            OvhPlans.OnlyError(model => Declare(model, new() { Cidr = cidr }), place: place),
            StringComparison.Ordinal);

    [Fact]
    public void A_block_that_only_the_other_plan_uses_is_free() => OvhPlans.Good(model => Declare(model, new() { Cidr = "10.2.0.0/16" }));

    [Fact]
    public void A_region_of_one_zone_says_so() =>
        Assert.Contains(
            OvhPlans.Good(model => Declare(model, new()), place: OvhPlans.SingleZone).Findings,
            finding => finding is { Severity: Severity.Warning, Component: "network" }
                && finding.Message.Contains("EU-WEST-PAR", StringComparison.Ordinal));

    [Fact]
    public void A_model_of_gateway_that_does_not_exist_is_refused() =>
        Assert.Contains(
            "s, m, l, xl",
            OvhPlans.OnlyError(model => Declare(model, new() { Tweaks = [new OvhNetworkTweak { GatewayModel = "huge" }] })),
            StringComparison.Ordinal);

    private static int Vlan(Plan plan) =>
        plan.Only("ovh:CloudProject/networkPrivate:NetworkPrivate").Inputs.GetProperty("vlanId").GetInt32();

    private static Plan Plan(PrivateNetworkArgs args, EnvironmentKind environment = EnvironmentKind.Production) =>
        OvhPlans.Good(model => Declare(model, args), environment);

    private static void Declare(Model model, PrivateNetworkArgs args)
    {
        model.Add(new PrivateNetwork("network", args));
        model.Add(new ContainerService("shop", new() { Port = 8080 }));
    }
}

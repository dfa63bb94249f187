using Infra.Components.Checks;
using Infra.Components.Networks;
using Infra.Components.Networks.Scaleway;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Networks;

public sealed class ScalewayPrivateNetworkTests
{
    [Fact]
    public void The_private_network_is_the_first_20_of_the_declared_block() =>
        Assert.Equal(
            "10.7.0.0/20",
            Plan(new() { Cidr = "10.7.0.0/16" }).Only("scaleway:network/privateNetwork:PrivateNetwork").Input("ipv4Subnet.subnet"));

    [Fact]
    public void A_gateway_with_a_reserved_address_leads_out_and_nothing_leads_in()
    {
        var plan = Plan(new());
        var gateway = plan.Only("scaleway:network/publicGateway:PublicGateway");

        Assert.True(gateway.RefersTo(plan.Only("scaleway:network/publicGatewayIp:PublicGatewayIp"), "ipId"));
        Assert.True(plan.Only("scaleway:network/publicGatewayIp:PublicGatewayIp").Protect);
        Assert.Equal("False", gateway.Input("bastionEnabled"), ignoreCase: true);
        Assert.Equal("False", gateway.Input("enableSmtp"), ignoreCase: true);
        Assert.Equal(
            "True",
            plan.Only("scaleway:network/gatewayNetwork:GatewayNetwork").Input("ipamConfigs[0].pushDefaultRoute"),
            ignoreCase: true);
    }

    [Fact]
    public void Production_refuses_to_replace_the_network_that_everything_stands_in()
    {
        string[] types = ["scaleway:network/vpc:Vpc", "scaleway:network/privateNetwork:PrivateNetwork"];
        var preview = ScalewayPlans.Of(model => Declare(model, new()), EnvironmentKind.Preview);

        Assert.All(types, type => Assert.True(Plan(new()).Only(type).Protect));
        Assert.All(types, type => Assert.False(preview.Only(type).Protect));
    }

    [Fact]
    public void The_gateway_can_be_made_larger()
    {
        Assert.Equal(
            "VPC-GW-XL",
            Plan(new() { Tweaks = [new ScalewayNetworkTweak { GatewayType = "VPC-GW-XL" }] })
                .Only("scaleway:network/publicGateway:PublicGateway")
                .Input("type"));
        Assert.Contains(
            "allowed: VPC-GW-S, VPC-GW-M, VPC-GW-L, VPC-GW-XL",
            ScalewayPlans.OnlyError(model => Declare(model, new() { Tweaks = [new ScalewayNetworkTweak { GatewayType = "VPC-GW-XXL" }] })),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_that_clusters_use_inside_is_refused() =>
        Assert.Contains(
            "10.32.0.0/16",
            ScalewayPlans.OnlyError(model => Declare(model, new() { Cidr = "10.32.0.0/16" })),
            StringComparison.Ordinal);

    private static Plan Plan(PrivateNetworkArgs args) => ScalewayPlans.Of(model => Declare(model, args));

    private static void Declare(Model model, PrivateNetworkArgs args)
    {
        model.Add(new PrivateNetwork("network", args));
        model.Add(new ContainerService("shop", new() { Port = 8080 }));
    }
}

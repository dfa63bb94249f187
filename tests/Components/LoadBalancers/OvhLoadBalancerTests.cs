using Infra.Components.Certificates;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Ovh;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.LoadBalancers;

public sealed class OvhLoadBalancerTests
{
    [Fact]
    public void Idle_connections_live_as_long_as_promised_and_the_flavor_can_be_chosen()
    {
        var annotations = OvhPlans.Good(model => Edge(model, new() { Flavor = "large" }))
            .Only("kubernetes:gateway.networking.k8s.io/v1:Gateway")
            .Inputs.GetProperty("spec")
            .GetProperty("infrastructure")
            .GetProperty("annotations");

        Assert.Equal("90000", annotations.GetProperty("loadbalancer.openstack.org/timeout-client-data").GetString());
        Assert.Equal("90000", annotations.GetProperty("loadbalancer.openstack.org/timeout-member-data").GetString());
        Assert.Equal("large", annotations.GetProperty("loadbalancer.ovhcloud.com/flavor").GetString());
    }

    [Fact]
    public void Services_see_the_clients_address()
    {
        var plan = OvhPlans.Good(model => Edge(model, new()));

        Assert.Contains(
            "\"loadbalancer.openstack.org/proxy-protocol\":\"true\"",
            plan.Only("kubernetes:gateway.networking.k8s.io/v1:Gateway").Input("spec.infrastructure.annotations")!,
            StringComparison.Ordinal);
        Assert.NotNull(plan.Only("kubernetes:gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy").Input("spec.proxyProtocol"));
    }

    [Fact]
    public void A_flavor_that_does_not_exist_is_refused_with_those_that_do() =>
        Assert.Contains(
            "small, medium, large",
            OvhPlans.OnlyError(model => Edge(model, new() { Flavor = "huge" })),
            StringComparison.Ordinal);

    private static void Edge(Model model, OvhLoadBalancerTweak tweak)
    {
        var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
        var zone = model.Add(new DnsZone("zone", new() { Domain = "shop.example" }));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["www"], Zone = zone }));
        model.Add(new LoadBalancer(
            "edge",
            new() { Certificate = certificate, Routes = [new(shop, "www")], IdleTimeoutSeconds = 90, Tweaks = [tweak] }));
    }
}

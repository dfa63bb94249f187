using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Databases;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Relays;

public sealed class OvhRelayTests
{
    [Fact]
    public void A_bucket_is_used_from_elsewhere_with_a_key_and_no_way_in()
    {
        var plan = FromKubernetes((model, shop) => shop.Writes(model.Add(new Bucket("photos"))));

        Assert.Empty(plan.OfType("ovh:CloudProject/kube:Kube"));
        Assert.Single(plan.Of("relay"), resource => resource.TypeName == "S3Policy");
        Assert.Equal("keys", plan.Only("kubernetes:apps/v1:Deployment", "shop").VariablesOf()["PHOTOS_CREDENTIALS"]);
    }

    [Fact]
    public void Stores_are_reached_through_one_proxy_that_admits_the_consumers_addresses_only()
    {
        var plan = FromKubernetes((model, shop) => shop
            .Writes(model.Add(new ManagedDatabase("orders")))
            .Writes(model.Add(new Cache("sessions")))
            .Writes(model.Add(new Bucket("photos"))));

        var service = plan.Only("kubernetes:core/v1:Service", "relay");
        Assert.Equal("203.0.113.0/28", service.Input("spec.loadBalancerSourceRanges[0]"));
        Assert.Equal(2, service.Inputs.GetProperty("spec").GetProperty("ports").GetArrayLength());
        Assert.Contains("{orders.endpoints[0].domain}:{orders.endpoints[0].port}", Configuration(plan), StringComparison.Ordinal);
        Assert.Single(plan.Of("relay"), resource => resource.TypeName == "S3Policy");
        Assert.Single(plan.Of("relay"), resource => resource.TypeName == "CloudProjectDatabaseValkeyUser");
    }

    [Fact]
    public void Consumers_are_told_apart_by_the_header_in_which_the_load_balancer_names_them()
    {
        var plan = FromKubernetes((model, shop) => shop.Writes(model.Add(new ManagedDatabase("orders"))));

        var annotations = plan.Only("kubernetes:core/v1:Service", "relay").Inputs.GetProperty("metadata").GetProperty("annotations");
        Assert.Equal("true", annotations.GetProperty("loadbalancer.openstack.org/proxy-protocol").GetString());
        var configuration = Configuration(plan);
        Assert.Contains("accept-proxy", configuration, StringComparison.Ordinal);
        Assert.Contains("tcp-request session accept if { src 203.0.113.0/28 }", configuration, StringComparison.Ordinal);
        Assert.Contains("tcp-request session reject\n", configuration, StringComparison.Ordinal);
        var door = plan.Only("kubernetes:networking.k8s.io/v1:NetworkPolicy", "relay-orders-cross-cloud");
        Assert.Equal("10.0.0.0/17", door.Input("spec.ingress[0].from[0].ipBlock.cidr"));
    }

    private static string Configuration(Plan plan) => plan.Only("kubernetes:core/v1:ConfigMap", "relay-configuration").Inputs
        .GetProperty("data")
        .GetProperty("haproxy.cfg")
        .GetString()!;

    private static Plan FromKubernetes(Action<Model, ContainerService> declare) => OvhPlans.Good(
        model => declare(model, model.Add(new ContainerService("shop", new() { Port = 8080 }))),
        settings: settings => settings with { Placement = new Dictionary<string, Cloud> { ["shop"] = Cloud.Kubernetes } });
}

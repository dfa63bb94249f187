using Infra.Components.Buckets;
using Infra.Components.Databases;
using Infra.Components.Runtimes;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Relays;

public sealed class ScalewayRelayTests
{
    [Fact]
    public void A_bucket_needs_a_key_and_no_relay()
    {
        var plan = Abroad(model => [model.Add(new Bucket("photos"))]);

        var policy = plan.Only("scaleway:iam/policy:Policy", "relay-shop-aws-photos");
        Assert.Contains("ObjectStorageObjectsWrite", policy.Input("rules")!, StringComparison.Ordinal);
        Assert.DoesNotContain(plan.Components, component => component.Cloud == Cloud.Scaleway && component.Kind == RuntimeKind.Instance);
    }

    [Fact]
    public void A_database_is_reached_through_a_reserved_address_that_admits_the_consumers_only()
    {
        var plan = Abroad(model => [model.Add(new ManagedDatabase("orders"))]);
        var service = plan.Only("kubernetes:core/v1:Service", "relay");

        Assert.True(service.RefersTo(plan.Only("scaleway:loadbalancers/ip:Ip", "relay-address")));
        Assert.DoesNotContain("0.0.0.0/0", service.Input("spec.loadBalancerSourceRanges"), StringComparison.Ordinal);

        // The load balancer connects from an address of its own and names the client in a header.
        var configuration = plan.Only("kubernetes:core/v1:ConfigMap").Inputs.GetProperty("data").GetProperty("haproxy.cfg").GetString()!;
        Assert.Contains("accept-proxy", configuration, StringComparison.Ordinal);
        Assert.Contains("tcp-request session accept if { src {network-nat-1:Eip.publicIp}/32 }", configuration, StringComparison.Ordinal);
        Assert.Contains("tcp-request session reject\n", configuration, StringComparison.Ordinal);
        var door = plan.Only("kubernetes:networking.k8s.io/v1:NetworkPolicy", "relay-orders-cross-cloud");
        Assert.Equal("10.0.0.0/20", door.Input("spec.ingress[0].from[0].ipBlock.cidr"));
    }

    [Fact]
    public void A_buckets_key_is_the_same_resource_whether_something_is_forwarded_or_not()
    {
        var alone = Abroad(model => [model.Add(new Bucket("photos"))]);
        var forwarding = Abroad(model => [model.Add(new Bucket("photos")), model.Add(new ManagedDatabase("orders"))]);

        Assert.Equal(Key(alone), Key(forwarding));

        static string Key(Plan plan) => plan.Only("scaleway:iam/apiKey:ApiKey", "relay-shop-aws-photos").Urn;
    }

    [Fact]
    public void Consumers_here_are_known_elsewhere_by_the_gateways_address()
    {
        var plan = ScalewayPlans.Of(
            model => model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(model.Add(new ManagedDatabase("orders"))),
            settings: settings => settings with { Placement = new Dictionary<string, Cloud> { ["orders"] = Cloud.Kubernetes } });

        var gateway = plan.Only("scaleway:network/publicGatewayIp:PublicGatewayIp");
        Assert.True(plan.Only("kubernetes:core/v1:Service", "relay").RefersTo(gateway));
    }

    private static Plan Abroad(Func<Model, Component[]> targets) => ScalewayPlans.Of(
        model =>
        {
            var shop = new ContainerService("shop", new() { Port = 8080 });
            foreach (var target in targets(model)) shop.Writes(target);
            model.Add(shop);
        },
        settings: settings => settings with { Placement = new Dictionary<string, Cloud> { ["shop"] = Cloud.Aws } });
}

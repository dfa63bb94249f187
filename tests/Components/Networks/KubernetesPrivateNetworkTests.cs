using Infra.Components.Networks;
using Infra.Components.Services;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Networks;

public sealed class KubernetesPrivateNetworkTests
{
    [Fact]
    public void The_namespace_is_named_after_the_stack_and_admits_restricted_pods_only()
    {
        var space = KubernetesPlans.Good(model => model.Add(new ContainerService("shop")))
            .Only("kubernetes:core/v1:Namespace")
            .Inputs.GetProperty("metadata");

        Assert.Equal("sample-production", space.GetProperty("name").GetString());
        Assert.Equal("restricted", space.GetProperty("labels").GetProperty("pod-security.kubernetes.io/enforce").GetString());
    }

    [Fact]
    public void Nothing_connects_to_anything_but_the_resolver_until_a_policy_allows_it()
    {
        var deny = KubernetesPlans.Good(model => model.Add(new ContainerService("shop")))
            .Only("kubernetes:networking.k8s.io/v1:NetworkPolicy", "network-deny");

        Assert.Equal("{}", deny.Input("spec.podSelector"));
        Assert.Equal("""["Ingress","Egress"]""", deny.Input("spec.policyTypes"));
        Assert.Null(deny.Input("spec.ingress"));
        Assert.Null(deny.Input("spec.egress[1]"));
    }

    [Fact]
    public void Names_can_be_resolved()
    {
        var dns = KubernetesPlans.Good(model => model.Add(new ContainerService("shop")))
            .Only("kubernetes:networking.k8s.io/v1:NetworkPolicy", "network-deny");

        Assert.Contains("kube-system", dns.Input("spec.egress[0].to[0]"), StringComparison.Ordinal);
        Assert.Equal("UDP TCP", $"{dns.Input("spec.egress[0].ports[0].protocol")} {dns.Input("spec.egress[0].ports[1].protocol")}");
    }

    [Fact]
    public void Consumers_reach_the_internet_but_no_private_address_unless_the_network_has_no_egress()
    {
        var open = KubernetesPlans.Good(model => model.Add(new ContainerService("shop")));
        var closed = KubernetesPlans.Good(model =>
        {
            model.Add(new PrivateNetwork("network", new() { Egress = Egress.None }));
            model.Add(new ContainerService("shop"));
        });

        var policy = open.Only("kubernetes:networking.k8s.io/v1:NetworkPolicy", "network-internet");
        Assert.Contains("10.0.0.0/8", policy.Input("spec.egress[0].to[0].ipBlock.except"), StringComparison.Ordinal);
        Assert.DoesNotContain(closed.Resources, resource => resource.Name == "network-internet");
    }
}

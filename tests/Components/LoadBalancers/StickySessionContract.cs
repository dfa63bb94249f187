using Infra.Components.Certificates;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Kubernetes;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.LoadBalancers;

/// <summary>Sessions that stay with the replica that keeps them, on every cloud.</summary>
public abstract class StickySessionContract(CloudFixture cloud)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Browsers_come_back_to_the_replica_that_answered_them_where_a_service_wants_it(bool sticky) =>
        Assert.Equal(sticky, IsSticky(Plan(new() { Port = 8080, StickySessions = sticky })));

    /// <summary>Whether the service's sessions stay with a replica.</summary>
    protected abstract bool IsSticky(Plan plan);

    protected Plan Plan(ContainerServiceArgs args, Tweak? tweak = null) => cloud.PlanWithoutErrors(model =>
    {
        var shop = model.Add(new ContainerService("shop", args));
        var zone = model.Add(new DnsZone("zone"));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["www"], Zone = zone }));
        model.Add(new LoadBalancer("edge", new()
        {
            Certificate = certificate,
            Routes = [new(shop, "www")],
            Tweaks = tweak is null ? [] : [tweak],
        }));
    });
}

public sealed class StickySessionsOnAws() : StickySessionContract(new AwsFixture())
{
    [Theory]
    [InlineData(30)]
    [InlineData(90)]
    public void A_replica_finishes_its_requests_before_it_goes(int stopSeconds) =>
        Assert.Equal($"{stopSeconds}", Group(Plan(new() { Port = 8080, StopSeconds = stopSeconds })).Input("deregistrationDelay"));

    protected override bool IsSticky(Plan plan) =>
        Group(plan).Input("stickiness.type") == "lb_cookie" && Group(plan).Input("stickiness.enabled") == "True";

    private static PlannedResource Group(Plan plan) => plan.Only("aws:lb/targetGroup:TargetGroup");
}

public sealed class StickySessionsOnGoogleCloud() : StickySessionContract(new GcpFixture())
{
    protected override bool IsSticky(Plan plan) =>
        plan.Only("gcp:cloudrunv2/service:Service").Input("template.sessionAffinity") == "True";
}

/// <summary>In clusters, Envoy Gateway's proxies.</summary>
public abstract class StickySessionsInClusters(CloudFixture cloud) : StickySessionContract(cloud)
{
    protected override bool IsSticky(Plan plan) => plan
        .OfType("kubernetes:gateway.networking.k8s.io/v1:HTTPRoute")
        .Single(route => route.Input("spec.rules[0].backendRefs[0].name") == "shop")
        .Input("spec.rules[0].sessionPersistence.type") == "Cookie";
}

public sealed class StickySessionsOnScaleway() : StickySessionsInClusters(new ScalewayFixture());

public sealed class StickySessionsOnOvh() : StickySessionsInClusters(new OvhFixture());

public sealed class StickySessionsOnKubernetes() : StickySessionsInClusters(new KubernetesFixture())
{
    [Fact]
    public void Another_controller_than_Envoy_Gateway_has_its_own_way_of_it()
    {
        var plan = Plan(new() { Port = 8080, StickySessions = true }, new KubernetesLoadBalancerTweak { GatewayClass = "cilium" });

        Assert.False(IsSticky(plan));
        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "kubernetes-sticky-sessions", Component: "edge" });
    }
}

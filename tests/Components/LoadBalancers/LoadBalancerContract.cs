using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.LoadBalancers;

/// <summary>What a load balancer promises on every cloud.</summary>
public abstract class LoadBalancerContract(CloudFixture cloud)
{
    protected CloudFixture Cloud => cloud;

    [Fact]
    public void Its_address_is_known() =>
        Assert.NotEmpty(cloud.PlanWithoutErrors(Declare).Component("edge", LoadBalancerKind.Instance).Outputs.At("address")!);

    [Fact]
    public void It_redirects_http_to_https() => Assert.True(cloud.RedirectsToHttps(cloud.PlanWithoutErrors(Declare), "edge"));

    [Fact]
    public void It_tries_the_most_specific_route_first() =>
        Assert.Equal(
            [("www.shop.example", "/api", "stock"), ("www.shop.example", "/", "shop"), ("*.shop.example", "/", "stock")],
            cloud.RoutesOf(cloud.PlanWithoutErrors(Declare), "edge"));

    [Fact]
    public void A_host_that_the_certificate_does_not_cover_is_refused()
    {
        var plan = cloud.Plan(model => Edge(model, shop => [new(shop, "www.other")]));

        Assert.Contains(
            plan.Findings,
            finding => finding is { Severity: Severity.Error, Component: "edge" }
                && finding.Message.Contains("www.other", StringComparison.Ordinal));
    }

    [Fact]
    public void A_worker_cannot_be_routed_to()
    {
        var plan = cloud.Plan(model =>
        {
            var worker = model.Add(new ContainerService("worker"));
            Edge(model, _ => [new(worker, "www")]);
        });

        Assert.Contains(plan.Findings, finding =>
            finding is { Severity: Severity.Error, Component: "edge" } && finding.Message.Contains("worker", StringComparison.Ordinal));
    }

    private static void Declare(Model model)
    {
        var stock = model.Add(new ContainerService("stock", new() { Port = 9090 }));
        Edge(model, shop => [new(stock, "*"), new(shop, "www"), new(stock, "www", "/api")]);
    }

    // A wildcard needs proof by DNS, which plain Kubernetes has only with an issuer of the cluster: the test settings name one.
    private static void Edge(Model model, Func<ContainerService, IReadOnlyList<Route>> routes)
    {
        var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
        var zone = model.Add(new DnsZone("zone"));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["@", "*"], Zone = zone }));
        model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = routes(shop) }));
    }
}

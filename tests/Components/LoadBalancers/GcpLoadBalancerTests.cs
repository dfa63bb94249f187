using Infra.Components.Certificates;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.LoadBalancers;

public sealed class GcpLoadBalancerTests
{
    [Fact]
    public void Another_certificate_is_used_only_once_it_is_issued()
    {
        var plan = GcpPlans.Good(model => Declare(model, "/", 60));

        var proxy = plan.Only("gcp:compute/targetHttpsProxy:TargetHttpsProxy");
        Assert.All(
            plan.OfType("gcp:certificatemanager/certificate:Certificate"),
            certificate => Assert.True(plan.ComesAfter(proxy, certificate)));
    }

    [Fact]
    public void A_map_that_exists_serves_alone() => Assert.Equal("gcp-certificate-map", GcpPlans.Refusal(model =>
    {
        Declare(model, "/", 60);
        var (edge, zone) = (model.Components.OfType<LoadBalancer>().Single(), model.Components.OfType<DnsZone>().Single());
        var existing = new ExistingCertificate
        {
            Id = "projects/company-dns/locations/global/certificateMaps/preview",
            Domains = ["*.example.org"],
        };
        var shared = model.Add(new Certificate("shared", new() { Hosts = ["www"], Zone = zone, Existing = existing }));
        model.Add(new LoadBalancer("brands", edge.Args with { Certificates = [shared] }));
    }).Rule.Id);

    [Fact]
    public void It_is_no_classic_one()
    {
        var plan = Plan();

        Assert.All(
            plan.OfType("gcp:compute/globalForwardingRule:GlobalForwardingRule"),
            entry => Assert.Equal("EXTERNAL_MANAGED", entry.Input("loadBalancingScheme")));
        Assert.Equal("EXTERNAL_MANAGED", plan.Only("gcp:compute/backendService:BackendService").Input("loadBalancingScheme"));
        Assert.Equal("TLS_1_2", plan.Only("gcp:compute/sSLPolicy:SSLPolicy").Input("minTlsVersion"));
    }

    [Fact]
    public void It_finds_services_that_are_built_later_by_name()
    {
        var plan = Plan();

        var name = plan.Only("gcp:cloudrunv2/service:Service", "shop").Input("name");
        Assert.Equal("sample-production-shop", name);
        Assert.Equal(name, plan.Only("gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup").Input("cloudRun.service"));
    }

    [Fact]
    public void What_no_route_matches_is_answered_404()
    {
        var routes = Plan(path: "/api").Only("gcp:compute/uRLMap:URLMap", "edge-routes");

        Assert.Equal("404", routes.Input("defaultRouteAction.faultInjectionPolicy.abort.httpStatus"));
        Assert.Equal("404", routes.Input("pathMatchers[0].defaultRouteAction.faultInjectionPolicy.abort.httpStatus"));
        Assert.Equal("/api", routes.Input("pathMatchers[0].pathRules[0].paths[0]"));
        Assert.Equal("/api/*", routes.Input("pathMatchers[0].pathRules[0].paths[1]"));
    }

    [Fact]
    public void Its_address_outlives_it_in_production() =>
        Assert.True(Plan().Only("gcp:compute/globalAddress:GlobalAddress", "edge").Protect);

    [Fact]
    public void Idle_connections_are_closed_within_its_bounds() =>
        Assert.Equal("gcp-load-balancer-arguments", GcpPlans.Refusal(model => Declare(model, "/", idle: 3)).Rule.Id);

    [Fact]
    public void A_service_without_servers_is_asked_for_no_health_check()
    {
        var backend = Plan().Only("gcp:compute/backendService:BackendService");

        Assert.Null(backend.Input("healthChecks"));
        Assert.Null(backend.Input("timeoutSec"));
        Assert.Equal(
            "SERVERLESS",
            Plan().Only("gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup").Input("networkEndpointType"));
    }

    private static Plan Plan(string path = "/") => GcpPlans.Good(model => Declare(model, path, idle: 60));

    private static void Declare(Model model, string path, int idle)
    {
        var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
        var zone = model.Add(new DnsZone("zone", new() { Domain = "example.org" }));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["@"], Zone = zone }));
        model.Add(new LoadBalancer(
            "edge",
            new() { Certificate = certificate, Routes = [new(shop, "@", path)], IdleTimeoutSeconds = idle }));
    }
}

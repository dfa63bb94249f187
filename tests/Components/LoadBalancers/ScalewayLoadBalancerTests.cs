using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Scaleway;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.LoadBalancers;

public sealed class ScalewayLoadBalancerTests
{
    private const string Annotation = "service.beta.kubernetes.io/scw-loadbalancer-";

    [Fact]
    public void Its_address_is_reserved_before_there_is_a_load_balancer()
    {
        var plan = ScalewayPlans.Of(model => Declare(model, "*"));
        var address = plan.Only("scaleway:loadbalancers/ip:Ip");
        var gateway = plan.Only("kubernetes:gateway.networking.k8s.io/v1:Gateway");

        Assert.Equal("fr-par-1", address.Input("zone"));
        Assert.True(address.Protect);
        Assert.True(gateway.RefersTo(address));
        Assert.Contains(Annotation + "ip-ids", gateway.Input("spec.infrastructure.annotations")!, StringComparison.Ordinal);
        Assert.True(plan.Only("scaleway:domain/record:Record").RefersTo(address, "data"));
    }

    [Theory]
    [InlineData(EnvironmentKind.Production, null, "LB-GP-M")]
    [InlineData(EnvironmentKind.Preview, null, "LB-S")]
    [InlineData(EnvironmentKind.Production, "LB-GP-XL", "LB-GP-XL")]
    public void Its_bandwidth_follows_from_the_environment_or_is_chosen(EnvironmentKind environment, string? asked, string type)
    {
        var gateway = ScalewayPlans.Of(model => Declare(model, "*", tweak: new() { Type = asked }), environment)
            .Only("kubernetes:gateway.networking.k8s.io/v1:Gateway");

        Assert.Equal(
            type,
            gateway.Inputs.GetProperty("spec")
                .GetProperty("infrastructure")
                .GetProperty("annotations")
                .GetProperty(Annotation + "type")
                .GetString());
    }

    [Theory]
    [InlineData(60, "600s")]
    [InlineData(3600, "3600s")]
    public void Idle_connections_live_as_long_as_promised(int seconds, string timeout)
    {
        var annotations = ScalewayPlans.Of(model => Declare(model, "*", idleSeconds: seconds))
            .Only("kubernetes:gateway.networking.k8s.io/v1:Gateway")
            .Inputs.GetProperty("spec")
            .GetProperty("infrastructure")
            .GetProperty("annotations");

        Assert.Equal(timeout, annotations.GetProperty(Annotation + "timeout-client").GetString());
        Assert.Equal(timeout, annotations.GetProperty(Annotation + "timeout-tunnel").GetString());
    }

    [Fact]
    public void A_type_that_does_not_exist_is_refused_with_those_that_do() =>
        Assert.Contains(
            "allowed: LB-S, LB-GP-M, LB-GP-L, LB-GP-XL",
            ScalewayPlans.OnlyError(model => Declare(model, "*", tweak: new() { Type = "LB-GP-XXL" })),
            StringComparison.Ordinal);

    [Fact]
    public void Services_see_the_clients_address()
    {
        var plan = ScalewayPlans.Of(model => Declare(model, "*"));

        Assert.Contains(
            "proxy-protocol-v2",
            plan.Only("kubernetes:gateway.networking.k8s.io/v1:Gateway").Input("spec.infrastructure.annotations")!,
            StringComparison.Ordinal);
        Assert.NotNull(plan.Only("kubernetes:gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy").Input("spec.proxyProtocol"));
    }

    [Fact]
    public void Certificates_are_validated_through_the_zone()
    {
        var plan = ScalewayPlans.Of(model => Declare(model, "*"));

        Assert.Equal("scaleway-dns", plan.Only("kubernetes:cert-manager.io/v1:Certificate").Input("spec.issuerRef.name"));
        Assert.Equal(
            "scaleway",
            plan.Only("kubernetes:cert-manager.io/v1:ClusterIssuer").Input("spec.acme.solvers[0].dns01.webhook.solverName"));
        Assert.Contains(
            "DomainsDNSFullAccess",
            plan.Only("scaleway:iam/policy:Policy", "dns-issuer").Input("rules")!,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_proves_names_reads_its_key_when_it_does_so_that_an_old_one_is_never_kept()
    {
        var plan = ScalewayPlans.Of(model => Declare(model, "*"));
        var pair = plan.Only("kubernetes:core/v1:Secret", "dns-issuer-key");

        Assert.Equal("cert-manager", pair.Input("metadata.namespace"));
        Assert.Null(pair.Input("metadata.name"));
        var issuer = plan.Only("kubernetes:cert-manager.io/v1:ClusterIssuer");
        Assert.True(issuer.RefersTo(pair, "spec.acme.solvers[0].dns01.webhook.config.accessKeySecretRef.name"));
        Assert.True(issuer.RefersTo(pair, "spec.acme.solvers[0].dns01.webhook.config.secretKeySecretRef.name"));
        Assert.Null(plan.Only("kubernetes:helm.sh/v3:Release", "dns-issuer").Input("values.secret"));
    }

    [Fact]
    public void With_a_zone_elsewhere_wildcards_are_refused_and_names_validated_over_http()
    {
        Func<StackSettings, StackSettings> elsewhere = settings =>
            settings with { Placement = new Dictionary<string, Cloud> { ["zone"] = Cloud.Aws } };

        Assert.Contains(
            "'*.shop.example' cannot be validated over HTTP",
            ScalewayPlans.Try(model => Declare(model, "*", named: false), settings: elsewhere).Errors(),
            StringComparison.Ordinal);
        var plan = ScalewayPlans.Of(model => Declare(model, "www", named: false), settings: elsewhere);
        Assert.NotNull(plan.Only("kubernetes:cert-manager.io/v1:Issuer").Input("spec.acme.solvers[0].http01"));
    }

    private static void Declare(
        Model model,
        string host,
        bool named = true,
        ScalewayLoadBalancerTweak? tweak = null,
        int idleSeconds = 60)
    {
        var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
        var zone = model.Add(new DnsZone("zone", new() { Domain = "shop.example" }));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = [host], Zone = zone }));
        var edge = model.Add(new LoadBalancer("edge", new()
        {
            Certificate = certificate,
            Routes = [new(shop, "www")],
            IdleTimeoutSeconds = idleSeconds,
            Tweaks = tweak is null ? [] : [tweak],
        }));
        if (named) model.Add(new DnsRecord("name", new() { Zone = zone, Host = "www", Targets = [new(edge)] }));
    }
}

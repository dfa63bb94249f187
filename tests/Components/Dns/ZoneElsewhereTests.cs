using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Kubernetes;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Dns;

/// <summary>A zone stays where the company has it, whatever cloud the traffic goes to.</summary>
public sealed class ZoneElsewhereTests
{
    public static TheoryData<Cloud, Cloud> Pairs => PairsWith(Fixtures.Clouds);

    public static TheoryData<Cloud, Cloud> Proofs => PairsWith([Cloud.Aws, Cloud.Gcp]);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_record_leads_to_a_load_balancer_on_any_cloud(Cloud zone, Cloud edge)
    {
        var plan = Plan(zone, edge, "www").WithoutErrors();

        var record = Assert.Single(plan.Resources, resource => resource.Component == "www");
        Assert.Single(
            record.References,
            reference => plan.Resources.Single(resource => resource.Urn == reference.To).Component == "edge");
        Assert.Contains(edge == Cloud.Aws ? "\"CNAME\"" : "\"A\"", record.Inputs.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Proofs))]
    public void A_certificate_is_proved_in_a_zone_on_any_cloud(Cloud zone, Cloud edge)
    {
        var plan = Plan(zone, edge, "www").WithoutErrors();

        Assert.Single(plan.Resources, resource =>
            resource.Component == "zone"
            && resource.References.Any(reference => reference.To.Contains(
                edge == Cloud.Aws ? "aws:acm/certificate:Certificate" : "DnsAuthorization",
                StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Cloud.Gcp)]
    [InlineData(Cloud.Scaleway)]
    [InlineData(Cloud.Ovh)]
    [InlineData(Cloud.Kubernetes)]
    public void The_zones_own_name_cannot_lead_to_a_host_name(Cloud zone) => Assert.Contains(
        Plan(zone, Cloud.Aws, "@").Findings,
        finding => finding is { Severity: Severity.Error, Component: "www", Rule.Id: "dns-record-apex" });

    [Fact]
    public void The_domain_itself_cannot_lead_to_a_host_name_where_others_serve_it() => Assert.Contains(
        Plan(Cloud.Aws, Cloud.Aws, "@", isExternal: true).Findings,
        finding => finding is { Severity: Severity.Error, Component: "www", Rule.Id: "dns-record-apex" });

    [Fact]
    public void An_alias_does_where_zone_and_load_balancer_stand_on_aws() => Plan(Cloud.Aws, Cloud.Aws, "@").WithoutErrors();

    [Fact]
    public void A_cluster_that_gives_host_names_is_reached_by_a_cname()
    {
        var tweak = new KubernetesLoadBalancerTweak { HostNameAddress = true };

        Assert.Equal("CNAME", Plan(Cloud.Aws, Cloud.Kubernetes, "www", tweak).Only("aws:route53/record:Record", "www").Input("type"));
        Assert.Contains(
            Plan(Cloud.Aws, Cloud.Kubernetes, "@", tweak).Findings,
            finding => finding is { Severity: Severity.Error, Component: "www", Rule.Id: "dns-record-apex" });
    }

    private static TheoryData<Cloud, Cloud> PairsWith(IEnumerable<Cloud> edges)
    {
        var pairs = new TheoryData<Cloud, Cloud>();
        foreach (var edge in edges)
        {
            foreach (var zone in Fixtures.Clouds.Where(zone => zone != edge)) pairs.Add(zone, edge);
        }

        return pairs;
    }

    private static Plan Plan(Cloud zone, Cloud edge, string host, Tweak? tweak = null, bool isExternal = false) => TestSystems.Plan(
        edge,
        model =>
        {
            var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
            var names = model.Add(new DnsZone("zone", new() { External = isExternal }));
            var certificate = model.Add(new Certificate("certificate", new() { Hosts = [host], Zone = names }));
            var balancer = model.Add(new LoadBalancer(
                "edge",
                new() { Certificate = certificate, Routes = [new(shop, host)], Tweaks = tweak is null ? [] : [tweak] }));
            model.Add(new DnsRecord("www", new() { Zone = names, Host = host, Targets = [new(balancer)] }));
        },
        EnvironmentKind.Production,
        settings => settings with { Placement = new Dictionary<string, Cloud> { ["zone"] = zone, ["www"] = zone } });
}

using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Certificates;

/// <summary>A preview has its names in a zone, and serves with a wildcard certificate, that another stack owns.</summary>
public sealed class ExistingCertificateTests
{
    public static TheoryData<Cloud, string, ExistingZone> Shared => new()
    {
        {
            Cloud.Aws,
            "arn:aws:acm:eu-west-3:111122223333:certificate/12345678-1234-1234-1234-123456789012",
            new() { Id = "Z0123456789ABCDEFGHIJ", Domain = "preview.shop.example" }
        },
        {
            Cloud.Gcp,
            "projects/company-dns/locations/global/certificateMaps/preview",
            new() { Id = "preview-shop-example", Domain = "preview.shop.example" }
        },
        { Cloud.Scaleway, "wildcard-tls", new() { Domain = "preview.shop.example" } },
        { Cloud.Ovh, "wildcard-tls", new() { Domain = "preview.shop.example" } },
        { Cloud.Kubernetes, "wildcard-tls", new() { Domain = "preview.shop.example" } },
    };

    public static TheoryData<Cloud> Clusters => [Cloud.Scaleway, Cloud.Ovh, Cloud.Kubernetes];

    [Theory]
    [MemberData(nameof(Shared))]
    public void Nothing_but_records_is_made_of_the_names_of_a_preview(Cloud cloud, string id, ExistingZone zone)
    {
        var plan = Plan(cloud, id, zone).WithoutErrors();

        Assert.DoesNotContain(plan.Resources, resource => resource.Component is "zone" or "certificate");
        Assert.Single(plan.Of("name"));
        Assert.Equal("alice.preview.shop.example", plan.Component("name", DnsRecordKind.Instance).Outputs.At("fullName"));
        Assert.EndsWith(id, plan.Component("certificate", CertificateKind.Instance).Outputs.At("reference"), StringComparison.Ordinal);
        Assert.Contains(plan.Of("edge"), resource => resource.Inputs.ToString().Contains(id, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Cloud.Aws, "arn:aws:acm:us-west-2:111122223333:certificate/12345678-1234-1234-1234-123456789012")]
    [InlineData(Cloud.Aws, "12345678-1234-1234-1234-123456789012")]
    [InlineData(Cloud.Gcp, "preview")]
    [InlineData(Cloud.Scaleway, "platform/")]
    [InlineData(Cloud.Ovh, "Wildcard")]
    [InlineData(Cloud.Kubernetes, "one/two/three")]
    public void One_that_its_cloud_cannot_find_is_refused(Cloud cloud, string id) => Assert.Contains(
        Plan(cloud, id, null).Findings,
        finding => finding is { Severity: Severity.Error, Component: "certificate" }
            && finding.Rule.Id.EndsWith("certificate-existing", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Clusters))]
    public void A_gateway_may_read_one_of_another_namespace_and_nothing_else_there(Cloud cloud)
    {
        var plan = Plan(cloud, "platform-production/wildcard-tls", null).WithoutErrors();

        var listener = plan.Of("edge").Single(resource => resource.TypeName == "Gateway").Inputs.GetProperty("spec")
            .GetProperty("listeners").EnumerateArray().Single(listener => listener.At("protocol") == "HTTPS");
        Assert.Equal(
            ("platform-production", "wildcard-tls"),
            (listener.At("tls.certificateRefs[0].namespace"), listener.At("tls.certificateRefs[0].name")));
        var grant = Assert.Single(plan.Of("certificate"));
        Assert.Equal("ReferenceGrant", grant.TypeName);
        Assert.Equal(
            ("platform-production", "Gateway", "Secret", "wildcard-tls"),
            (
                grant.Input("metadata.namespace"),
                grant.Input("spec.from[0].kind"),
                grant.Input("spec.to[0].kind"),
                grant.Input("spec.to[0].name")));
        Assert.DoesNotContain(plan.Resources, resource => resource.TypeName is "Certificate" or "Issuer" or "ClusterIssuer");
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public void A_cluster_that_issues_none_needs_nothing_that_would(Cloud cloud) => Assert.DoesNotContain(
        Plan(cloud, "wildcard-tls", null).WithoutErrors().Resources,
        resource => resource.Name.Contains("cert-manager", StringComparison.Ordinal));

    private static Plan Plan(Cloud cloud, string id, ExistingZone? shared)
    {
        var system = TestSystems.Declare(model =>
        {
            var zone = model.Add(new DnsZone("zone", new() { Existing = shared }));
            var certificate = model.Add(new Certificate("certificate", new()
            {
                Hosts = ["@"],
                Zone = zone,
                Existing = new() { Id = id, Domains = ["*.preview.shop.example"] },
            }));
            var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
            var edge = model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(shop, "@")] }));
            model.Add(new DnsRecord("name", new() { Zone = zone, Host = "@", Targets = [new(edge)] }));
        });
        return Rehearsal.Run(system, Fixtures.Of(cloud).SettingsFor(system, EnvironmentKind.Preview) with
        {
            Domain = "alice.preview.shop.example",
        });
    }
}

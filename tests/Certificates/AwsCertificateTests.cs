using Infra.Components.Certificates;
using Infra.Components.Dns;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Certificates;

public sealed class AwsCertificateTests
{
    [Fact]
    public void A_name_and_its_wildcard_are_proved_by_one_record()
    {
        var plan = AwsPlans.Of(Declare);

        var records = plan.OfType("aws:route53/record:Record");
        Assert.Equal(["certificate-api.shop.example", "certificate-shop.example"], records.Select(record => record.Name).Order());
        Assert.All(records, record => Assert.Equal("True", record.Input("allowOverwrite")));
        var certificate = plan.Only("aws:acm/certificate:Certificate");
        Assert.Equal("shop.example", certificate.Input("domainName"));
        Assert.Equal("""["*.shop.example","api.shop.example"]""", certificate.Input("subjectAlternativeNames"));
    }

    [Fact]
    public void Whoever_uses_it_waits_until_it_is_issued()
    {
        var validation = AwsPlans.Of(Declare).Only("aws:acm/certificateValidation:CertificateValidation");

        Assert.Equal(2, validation.References.Count(reference => reference.Path.StartsWith("validationRecordFqdns", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_zone_on_another_cloud_is_refused()
    {
        var plan = AwsPlans.Try(Declare, settings: settings => settings with { Placement = new Dictionary<string, Cloud> { ["zone"] = Cloud.Gcp } });

        Assert.Contains("reference-cloud certificate", plan.Errors(), StringComparison.Ordinal);
    }

    private static void Declare(Model model)
    {
        var zone = model.Add(new DnsZone("zone", new() { Domain = "shop.example" }));
        model.Add(new Certificate("certificate", new() { Domains = ["shop.example", "*.shop.example", "api.shop.example"], Zone = zone }));
    }
}

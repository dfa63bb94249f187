using Infra.Components.Certificates;
using Infra.Components.Dns;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Certificates;

public sealed class GcpCertificateTests
{
    private const string Type = "gcp:certificatemanager/certificate:Certificate";

    [Fact]
    public void A_name_and_its_wildcard_share_one_proof()
    {
        var plan = Plan("@", "*");

        var proof = plan.Only("gcp:certificatemanager/dnsAuthorization:DnsAuthorization");
        Assert.Equal("example.org", proof.Input("domain"));
        Assert.Equal(
            ["example.org", "*.example.org"],
            plan.OfType("gcp:certificatemanager/certificateMapEntry:CertificateMapEntry").Select(entry => entry.Input("hostname")));
        Assert.True(plan.Only("gcp:dns/recordSet:RecordSet").RefersTo(proof, "rrdatas[0]"));
    }

    [Fact]
    public void Its_proof_leaves_the_record_alone_that_other_issuers_need() =>
        Assert.Equal(
            "PER_PROJECT_RECORD",
            Plan("@").Only("gcp:certificatemanager/dnsAuthorization:DnsAuthorization").Input("type"));

    [Fact]
    public void A_name_that_comes_leaves_the_certificates_of_the_others_in_service()
    {
        var (before, after) = (Plan("@", "www"), Plan("api", "www", "@"));

        Assert.Equal(
            ["example.org", "www.example.org"],
            before.OfType(Type).Select(certificate => certificate.Input("managed.domains[0]")));
        Assert.All(
            before.OfType(Type),
            certificate => Assert.Equal(certificate.Inputs.ToString(), after.Only(Type, certificate.Name).Inputs.ToString()));
        Assert.All(after.OfType("gcp:certificatemanager/certificateMapEntry:CertificateMapEntry"), entry => Assert.Equal(
            entry.Input("hostname"),
            after.OfType(Type).Single(certificate => entry.RefersTo(certificate, "certificates[0]")).Input("managed.domains[0]")));
    }

    [Fact]
    public void A_record_that_admits_only_other_authorities_is_refused()
    {
        var finding = GcpPlans.Refusal(model =>
        {
            var zone = model.Add(new DnsZone("zone", new() { Domain = "example.org" }));
            model.Add(new DnsRecord("authorities", new() { Zone = zone, Host = "@", Targets = [new("CAA", ["0 issue amazon.com"])] }));
            model.Add(new Certificate("certificate", new() { Hosts = ["www"], Zone = zone }));
        });

        Assert.Equal(("gcp-domains", "certificate"), (finding.Rule.Id, finding.Component));
        Assert.Contains("Add '0 issue pki.goog' to 'authorities'", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Certificates_that_share_a_name_share_its_proof_which_the_zone_keeps()
    {
        var plan = GcpPlans.Good(model => Two(model, "first", "second"));

        var proof = plan.Only("gcp:certificatemanager/dnsAuthorization:DnsAuthorization");
        Assert.Equal("zone", proof.Component);
        Assert.Equal("zone", plan.Only("gcp:dns/recordSet:RecordSet").Component);
        Assert.Equal(2, plan.OfType(Type).Count);
        Assert.All(plan.OfType(Type), certificate => Assert.True(certificate.RefersTo(proof, "managed.dnsAuthorizations[0]")));
    }

    [Fact]
    public void A_certificate_that_is_renamed_or_goes_leaves_the_proof_as_it_is()
    {
        var proofs = new[] { ("first", "second"), ("second", "first"), ("renamed", "second") }
            .Select(names => GcpPlans.Good(model => Two(model, names.Item1, names.Item2)))
            .Select(plan => plan.Only("gcp:certificatemanager/dnsAuthorization:DnsAuthorization"))
            .Select(proof => $"{proof.Urn} {proof.Inputs}");

        Assert.Single(proofs.Distinct());
    }

    private static void Two(Model model, string first, string second)
    {
        var zone = model.Add(new DnsZone("zone"));
        model.Add(new Certificate(first, new() { Hosts = ["www"], Zone = zone }));
        model.Add(new Certificate(second, new() { Hosts = ["www"], Zone = zone }));
    }

    private static Plan Plan(params string[] hosts) => GcpPlans.Good(model =>
        model.Add(new Certificate(
            "certificate",
            new() { Hosts = hosts, Zone = model.Add(new DnsZone("zone", new() { Domain = "example.org" })) })));
}

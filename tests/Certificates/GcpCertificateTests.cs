using Infra.Components.Certificates;
using Infra.Components.Dns;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Certificates;

public sealed class GcpCertificateTests
{
    [Fact]
    public void A_name_and_its_wildcard_share_one_proof()
    {
        var plan = Plan("example.org", "*.example.org");

        var proof = plan.Only("gcp:certificatemanager/dnsAuthorization:DnsAuthorization");
        Assert.Equal("example.org", proof.Input("domain"));
        Assert.Equal(["example.org", "*.example.org"], plan.OfType("gcp:certificatemanager/certificateMapEntry:CertificateMapEntry").Select(entry => entry.Input("hostname")));
        Assert.True(plan.Only("gcp:dns/recordSet:RecordSet").RefersTo(proof, "rrdatas[0]"));
    }

    [Fact]
    public void Its_proof_leaves_the_record_alone_that_other_issuers_need() =>
        Assert.Equal("PER_PROJECT_RECORD", Plan("example.org").Only("gcp:certificatemanager/dnsAuthorization:DnsAuthorization").Input("type"));

    private static Plan Plan(params string[] domains) => GcpPlans.Good(model =>
        model.Add(new Certificate("certificate", new() { Domains = domains, Zone = model.Add(new DnsZone("zone", new() { Domain = "example.org" })) })));
}

using Infra.Components.Dns;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Dns;

public sealed class GcpDnsRecordTests
{
    [Theory]
    [InlineData("A", "192.0.2.1", "192.0.2.1")]
    [InlineData("CNAME", "www.example.org", "www.example.org.")]
    [InlineData("CNAME", "www.example.org.", "www.example.org.")]
    [InlineData("MX", "10 mail.example.org", "10 mail.example.org.")]
    [InlineData("SRV", "0 5 5060 sip.example.org", "0 5 5060 sip.example.org.")]
    [InlineData("TXT", "v=spf1 -all", "\"v=spf1 -all\"")]
    [InlineData("TXT", "say \"yes\"", "\"say \\\"yes\\\"\"")]
    [InlineData("CAA", "0 issue pki.goog", "0 issue \"pki.goog\"")]
    public void Values_are_written_as_Cloud_DNS_reads_them(string type, string value, string written) =>
        Assert.Equal(written, ZoneFile.Of(type, value));

    [Fact]
    public void A_long_text_is_split_into_pieces() =>
        Assert.Equal($"\"{new string('a', 255)}\" \"{new string('a', 45)}\"", ZoneFile.Of("TXT", new string('a', 300)));

    [Fact]
    public void Targets_share_the_traffic_in_one_record_set()
    {
        var record = Assert.Single(GcpPlans.Good(model => Declare(model, new("A", ["192.0.2.1"], 90), new("A", ["192.0.2.2"], 10)))
            .OfType("gcp:dns/recordSet:RecordSet"));

        Assert.Equal("www.example.org.", record.Input("name"));
        Assert.Null(record.Input("rrdatas"));
        Assert.Equal("90", record.Input("routingPolicy.wrrs[0].weight"));
        Assert.Equal("192.0.2.2", record.Input("routingPolicy.wrrs[1].rrdatas[0]"));
    }

    [Fact]
    public void A_zone_signs_its_answers_and_is_not_deleted_while_it_holds_records()
    {
        var zone = GcpPlans.Good(model => model.Add(new DnsZone("zone", new() { Domain = "example.org" })))
            .Only("gcp:dns/managedZone:ManagedZone");

        Assert.Equal(
            ("example.org.", "on", "False"),
            (zone.Input("dnsName"), zone.Input("dnssecConfig.state"), zone.Input("forceDestroy")));
    }

    private static void Declare(Model model, params DnsTarget[] targets) => model.Add(new DnsRecord("www", new()
    {
        Zone = model.Add(new DnsZone("zone", new() { Domain = "example.org" })),
        Host = "www",
        Targets = targets,
    }));
}

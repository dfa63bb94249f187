using Infra.Components.Dns;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Dns;

/// <summary>Values of records that some cloud would refuse, or resolvers not understand, minutes or days later.</summary>
public sealed class DnsValueTests
{
    [Theory]
    [InlineData("A", "203.0.113.7")]
    [InlineData("AAAA", "2001:db8::7")]
    [InlineData("CNAME", "www.example.org")]
    [InlineData("CNAME", "www.example.org.")]
    [InlineData("CNAME", "_domainkey.example.org")]
    [InlineData("MX", "10 mail.example.org")]
    [InlineData("MX", "0 .")]
    [InlineData("MX", "65535 mail.example.org.")]
    [InlineData("SRV", "1 10 5060 sip.example.org")]
    [InlineData("CAA", "0 issue letsencrypt.org")]
    [InlineData("CAA", "0 issue \"letsencrypt.org\"")]
    [InlineData("CAA", "128 issuewild ;")]
    [InlineData("CAA", "0 iodef mailto:security@example.org")]
    [InlineData("TXT", "v=spf1 include:example.org -all")]
    [InlineData("TXT", "say \"yes\"")]
    public void A_value_of_the_types_form_is_allowed(string type, string value) => Assert.Empty(Refusals.Of(Record(type, value)));

    [Theory]
    [InlineData("A", "300.1.2.3", "IPv4 addresses, such as 203.0.113.7")]
    [InlineData("A", "1.2.3", "IPv4 addresses")]
    [InlineData("A", "010.1.2.3", "IPv4 addresses")]
    [InlineData("A", "2001:db8::7", "IPv4 addresses")]
    [InlineData("A", "www.example.org", "IPv4 addresses")]
    [InlineData("A", "203.0.113.7\n", "IPv4 addresses")]
    [InlineData("AAAA", "203.0.113.7", "IPv6 addresses, such as 2001:db8::7")]
    [InlineData("AAAA", "fe80::1%eth0", "IPv6 addresses")]
    [InlineData("CNAME", "https://www.example.org", "a host name, such as www.example.org")]
    [InlineData("CNAME", "www..example.org", "a host name")]
    [InlineData("CNAME", "", "a host name")]
    [InlineData("MX", "mail.example.org", "a priority and a host name, such as 10 mail.example.org")]
    [InlineData("MX", "65536 mail.example.org", "a priority and a host name")]
    [InlineData("MX", "10  mail.example.org", "a priority and a host name")]
    [InlineData("SRV", "5060 sip.example.org", "priority, weight, port and host name, such as 10 5 5060 sip.example.org")]
    [InlineData("SRV", "1 10 70000 sip.example.org", "priority, weight, port and host name")]
    [InlineData("CAA", "0 issue \"letsencrypt.org", "flags, a tag and its value, such as 0 issue letsencrypt.org")]
    [InlineData("CAA", "256 issue letsencrypt.org", "flags, a tag and its value")]
    [InlineData("CAA", "letsencrypt.org", "flags, a tag and its value")]
    [InlineData("TXT", "\"v=spf1 -all\"", "text of printable ASCII characters, 4000 at most, without quotes around it")]
    [InlineData("TXT", "", "text of printable ASCII characters")]
    [InlineData("TXT", "caf\u00e9", "text of printable ASCII characters")]
    public void Another_value_is_refused_with_an_example_of_what_is_allowed(string type, string value, string allowed)
    {
        Assert.Equal(["Targets.Values"], Refusals.Of(Record(type, value)));
        Assert.StartsWith(allowed, DnsValue.Fault(type, value), StringComparison.Ordinal);
    }

    private static DnsRecordArgs Record(string type, string value) => new()
    {
        Zone = new DnsZone("zone", new() { Domain = "shop.example" }),
        Host = "name",
        Targets = [new(type, [value])],
    };
}

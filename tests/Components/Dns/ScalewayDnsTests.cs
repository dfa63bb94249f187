using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.Dns.Scaleway;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Dns;

public sealed class ScalewayDnsTests
{
    private const string Record = "scaleway:domain/record:Record";

    [Theory]
    [InlineData("shop.example", null, "shop.example", "")]
    [InlineData("eu.shop.example", null, "shop.example", "eu")]
    [InlineData("shop.co.uk", "shop.co.uk", "shop.co.uk", "")]
    [InlineData("eu.shop.co.uk", "shop.co.uk", "shop.co.uk", "eu")]
    public void A_zone_is_a_registered_domain_or_a_part_of_one(string domain, string? registered, string expected, string part)
    {
        var zone = ScalewayPlans.Of(model =>
            model.Add(new DnsZone(
                "zone",
                new() { Domain = domain, Tweaks = registered is null ? [] : [new ScalewayDnsTweak { RegisteredDomain = registered }] })))
            .Only("scaleway:domain/zone:Zone");

        Assert.Equal(expected, zone.Input("domain"));
        Assert.Equal(part, zone.Input("subdomain"));
    }

    [Fact]
    public void Traffic_is_shared_between_addresses_by_weight_and_the_heaviest_answers_otherwise()
    {
        var record = Plan([new("A", ["192.0.2.1"], 10), new("A", ["192.0.2.2"], 90)]).Only(Record);

        Assert.Equal("192.0.2.2", record.Input("data"));
        Assert.Equal("192.0.2.1", record.Input("weighteds[0].ip"));
        Assert.Equal("10", record.Input("weighteds[0].weight"));
    }

    [Fact]
    public void Host_names_cannot_share_traffic() =>
        Assert.Contains(
            "allowed: A, or a load balancer",
            ScalewayPlans.Try(model => Declare(model, [new("CNAME", ["a.example.net"], 10), new("CNAME", ["b.example.net"], 90)])).Errors(),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("CNAME", "target.example.net", "target.example.net.", null)]
    [InlineData("MX", "10 mail.example.net", "mail.example.net.", "10")]
    [InlineData("SRV", "1 10 5060 sip.example.net", "1 10 5060 sip.example.net.", "1")]
    [InlineData("CAA", "0 issue letsencrypt.org", "0 issue \"letsencrypt.org\"", null)]
    public void Values_are_written_as_the_api_wants_them(string type, string value, string data, string? priority)
    {
        var record = Plan([new(type, [value])]).Only(Record);

        Assert.Equal(data, record.Input("data"));
        Assert.Equal(priority, record.Input("priority"));
    }

    [Fact]
    public void Every_value_is_a_record_of_its_own() =>
        Assert.Equal(["name", "name-2"], Plan([new("A", ["192.0.2.1", "192.0.2.2"])]).OfType(Record).Select(record => record.Name));

    [Fact]
    public void A_value_with_which_another_begins_is_written_before_it_and_a_finding_says_why()
    {
        var plan = Plan([new("A", ["192.0.2.10", "192.0.2.1", "192.0.2.2"])]);

        var (longer, shorter, other) = (plan.Only(Record, "name"), plan.Only(Record, "name-2"), plan.Only(Record, "name-3"));
        Assert.Equal(("192.0.2.10", "192.0.2.1"), (longer.Input("data"), shorter.Input("data")));
        Assert.Contains(shorter.Urn, longer.DependsOn);
        Assert.DoesNotContain(shorter.Urn, other.DependsOn);
        Assert.Contains("'192.0.2.1' and '192.0.2.10'", Assert.Single(plan.Findings, IsAboutBeginnings).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Plan([new("A", ["192.0.2.1", "192.0.2.2"])]).Findings, IsAboutBeginnings);

        static bool IsAboutBeginnings(Finding finding) => finding.Rule.Id == "scaleway-dns-record-values";
    }

    [Fact]
    public void A_value_without_a_priority_is_refused() =>
        Assert.Contains(
            "10 mail.example.org",
            ScalewayPlans.OnlyError(model => Declare(model, [new("MX", ["mail.example.net"])])),
            StringComparison.Ordinal);

    private static Plan Plan(IReadOnlyList<DnsTarget> targets) => ScalewayPlans.Of(model => Declare(model, targets));

    private static void Declare(Model model, IReadOnlyList<DnsTarget> targets) =>
        model.Add(new DnsRecord(
            "name",
            new() { Zone = model.Add(new DnsZone("zone", new() { Domain = "shop.example" })), Host = "name", Targets = targets }));
}

using Infra.Components.Certificates;
using Infra.Components.Dns;
using Infra.Components.Dns.Aws;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Dns;

public sealed class AwsDnsRecordTests
{
    [Fact]
    public void A_load_balancer_is_an_alias_which_has_no_ttl()
    {
        var plan = AwsPlans.Of(model =>
        {
            var zone = Zone(model);
            var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
            var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["@"], Zone = zone }));
            var edge = model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(shop, "@")] }));
            model.Add(new DnsRecord("apex", new() { Zone = zone, Host = "@", Targets = [new(edge)] }));
        });

        var record = plan.Only("aws:route53/record:Record", "apex");
        Assert.Equal("A", record.Input("type"));
        Assert.Equal("shop.example", record.Input("name"));
        Assert.True(record.RefersTo(plan.Only("aws:lb/loadBalancer:LoadBalancer"), "aliases[0].name"));
        Assert.Null(record.Input("ttl"));
    }

    [Fact]
    public void A_single_target_is_weighted_from_the_first_day_so_that_a_second_can_come_and_go()
    {
        var one = Record(new DnsTarget("A", ["192.0.2.1"])).Only("aws:route53/record:Record", "name");
        var two = Record(new DnsTarget("A", ["192.0.2.1"], 90), new DnsTarget("A", ["192.0.2.2"], 10));

        Assert.Equal("100", one.Input("weightedRoutingPolicies[0].weight"));
        var first = two.Only("aws:route53/record:Record", "name");
        Assert.Equal(one.Input("setIdentifier"), first.Input("setIdentifier"));
        Assert.Equal(one.Urn, first.Urn);
        Assert.Equal("90", first.Input("weightedRoutingPolicies[0].weight"));
        Assert.Equal("10", two.Only("aws:route53/record:Record", "name-2").Input("weightedRoutingPolicies[0].weight"));
    }

    [Theory]
    [InlineData("A", "192.0.2.1", "192.0.2.1")]
    [InlineData("MX", "10 mail.example.org", "10 mail.example.org")]
    [InlineData("TXT", "v=spf1 -all", "v=spf1 -all")]
    [InlineData("TXT", "say \"yes\"", "say \\\"yes\\\"")]
    [InlineData("TXT", "a\\b", "a\\\\b")]
    [InlineData("CAA", "0 issue amazon.com", "0 issue \"amazon.com\"")]
    [InlineData("CAA", "0 issue \"amazon.com\"", "0 issue \"amazon.com\"")]
    public void Values_are_written_as_Route_53_reads_them(string type, string value, string written) =>
        Assert.Equal(written, Record(new DnsTarget(type, [value])).Only("aws:route53/record:Record", "name").Input("records[0]"));

    [Fact]
    public void A_zone_is_not_deleted_while_it_holds_records() =>
        Assert.Equal("False", AwsPlans.Of(model => Zone(model)).Only("aws:route53/zone:Zone").Input("forceDestroy"));

    [Fact]
    public void A_text_of_more_than_255_characters_becomes_several_strings() =>
        Assert.Equal($"{new string('a', 255)}\"\"{new string('a', 45)}", AwsRecordData.Of("TXT", new string('a', 300)));

    private static Plan Record(params DnsTarget[] targets) =>
        AwsPlans.Of(model => model.Add(new DnsRecord("name", new() { Zone = Zone(model), Host = "name", Targets = targets })));

    [Fact]
    public void A_zone_of_another_account_is_written_to_by_a_role_there_and_nowhere_else()
    {
        var plan = AwsPlans.Of(model =>
        {
            var existing = new ExistingZone { Id = "Z0123456789ABCDEFGHIJ", Account = "arn:aws:iam::999988887777:role/dns" };
            var zone = model.Add(new DnsZone("zone", new() { Existing = existing }));
            model.Add(new Certificate("certificate", new() { Hosts = ["www"], Zone = zone }));
            model.Add(new DnsRecord("www", new() { Zone = zone, Host = "www", Targets = [new("A", ["192.0.2.1"])] }));
        });

        var provider = plan.Only("pulumi:providers:aws", "aws-zone");
        Assert.Contains("arn:aws:iam::999988887777:role/dns", provider.Inputs.ToString(), StringComparison.Ordinal);
        Assert.Contains("999988887777", provider.Input("allowedAccountIds"), StringComparison.Ordinal);
        Assert.All(plan.OfType("aws:route53/record:Record"), record => Assert.Equal(provider.Urn, record.Provider));
        Assert.Equal(2, plan.OfType("aws:route53/record:Record").Count);
        Assert.NotEqual(provider.Urn, plan.Only("aws:acm/certificate:Certificate").Provider);
    }

    private static DnsZone Zone(Model model) => model.Add(new DnsZone("zone", new() { Domain = "shop.example" }));
}

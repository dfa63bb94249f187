using Infra.Components.Certificates;
using Infra.Components.Dns;
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
        Assert.Equal(["zone-proof-api.shop.example", "zone-proof-shop.example"], records.Select(record => record.Name).Order());
        Assert.All(records, record => Assert.Equal("True", record.Input("allowOverwrite")));
        var certificate = plan.Only("aws:acm/certificate:Certificate");
        Assert.Equal("shop.example", certificate.Input("domainName"));
        Assert.Equal("""["*.shop.example","api.shop.example"]""", certificate.Input("subjectAlternativeNames"));
    }

    [Fact]
    public void Whoever_uses_it_waits_until_it_is_issued()
    {
        var validation = AwsPlans.Of(Declare).Only("aws:acm/certificateValidation:CertificateValidation");

        Assert.Equal(
            2,
            validation.References.Count(reference => reference.Path.StartsWith("validationRecordFqdns", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_zone_that_nobody_delegates_to_is_not_waited_for_all_day() => Assert.Equal(
        TimeSpan.FromMinutes(30),
        RegisteredOptions.Of(
            Cloud.Aws,
            "aws:acm/certificateValidation:CertificateValidation",
            Declare)["certificate"].CustomTimeouts?.Create);

    [Fact]
    public void A_new_one_is_issued_before_the_old_one_goes() =>
        Assert.NotEqual(
            true,
            RegisteredOptions.Of(Cloud.Aws, "aws:acm/certificate:Certificate", Declare)["certificate"].DeleteBeforeReplace);

    [Theory]
    [InlineData("@", "www", "0 issue letsencrypt.org")]
    [InlineData("www", "www", "0 issue ;")]
    [InlineData("@", "*", "0 issue amazon.com", "0 issuewild letsencrypt.org")]
    public void A_record_that_admits_only_other_authorities_is_refused(string at, string host, params string[] values) =>
        Assert.Contains(
            "allowed: names whose CAA record admits amazon.com",
            AwsPlans.OnlyError(model => Declare(model, at, host, values)),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("@", "www", "0 issue letsencrypt.org", "0 issue amazon.com; validationmethods=dns-01")]
    [InlineData("@", "www", "0 issue amazon.com", "0 issuewild letsencrypt.org")]
    [InlineData("@", "www", "0 iodef mailto:security@shop.example")]
    [InlineData("api", "www", "0 issue letsencrypt.org")]
    public void One_that_does_not_is_no_hindrance(string at, string host, params string[] values) =>
        AwsPlans.Of(model => Declare(model, at, host, values));

    [Fact]
    public void The_closest_record_decides() => AwsPlans.Of(model =>
    {
        var zone = Declare(model, "@", "www", ["0 issue letsencrypt.org"]);
        model.Add(new DnsRecord("closest", new() { Zone = zone, Host = "www", Targets = [new("CAA", ["0 issue amazonaws.com"])] }));
    });

    [Fact]
    public void Certificates_that_share_a_name_share_its_proof_which_the_zone_keeps()
    {
        var plan = AwsPlans.Of(model => Two(model, "first", "second"));

        var proof = plan.Only("aws:route53/record:Record");
        Assert.Equal("zone", proof.Component);
        Assert.All(
            plan.OfType("aws:acm/certificateValidation:CertificateValidation"),
            validation => Assert.True(validation.RefersTo(proof, "validationRecordFqdns[0]")));
        Assert.Equal(2, plan.OfType("aws:acm/certificateValidation:CertificateValidation").Count);
    }

    [Fact]
    public void A_certificate_that_is_renamed_or_goes_leaves_the_proof_where_it_is()
    {
        var proofs = new[] { ("first", "second"), ("second", "first"), ("renamed", "second") }.Select(names =>
            AwsPlans.Of(model => Two(model, names.Item1, names.Item2)).Only("aws:route53/record:Record").Urn);

        Assert.Single(proofs.Distinct());
    }

    [Fact]
    public void A_proof_that_a_certificate_kept_becomes_the_zones_without_being_made_anew()
    {
        var options = RegisteredOptions.Of(Cloud.Aws, "aws:route53/record:Record", model => Two(model, "first", "second"));

        Assert.Single(Assert.Single(options).Value.Aliases);
    }

    private static void Two(Model model, string first, string second)
    {
        var zone = model.Add(new DnsZone("zone"));
        model.Add(new Certificate(first, new() { Hosts = ["www"], Zone = zone }));
        model.Add(new Certificate(second, new() { Hosts = ["www"], Zone = zone }));
    }

    private static DnsZone Declare(Model model, string at, string host, IReadOnlyList<string> values)
    {
        var zone = model.Add(new DnsZone("zone", new() { Domain = "shop.example" }));
        model.Add(new DnsRecord("authorities", new() { Zone = zone, Host = at, Targets = [new("CAA", values)] }));
        model.Add(new Certificate("certificate", new() { Hosts = [host], Zone = zone }));
        return zone;
    }

    private static void Declare(Model model)
    {
        var zone = model.Add(new DnsZone("zone", new() { Domain = "shop.example" }));
        model.Add(new Certificate("certificate", new() { Hosts = ["@", "*", "api"], Zone = zone }));
    }
}

using Infra.Components.Certificates;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Dns;

public sealed class OvhDnsTests
{
    private const string Record = "ovh:Domain/zoneRecord:ZoneRecord";

    [Theory]
    [InlineData("say \"yes\"")]
    [InlineData("a\\b")]
    public void A_text_that_its_API_would_take_apart_is_refused(string text) => Assert.Equal(
        $"Targets.Values is TXT '{text}'; allowed: texts without quotes and backslashes on OVHcloud. Change Targets.Values.",
        OvhPlans.OnlyError(model => Declare(model, "www", [new("TXT", [text])])));

    [Fact]
    public void A_zone_is_never_ordered() => Assert.Empty(Plan("@", new DnsTarget("A", ["192.0.2.1"])).OfType("ovh:Domain/zone:Zone"));

    [Fact]
    public void Several_values_are_several_records() =>
        Assert.Equal(
            ["192.0.2.1", "192.0.2.2"],
            Plan("www", new DnsTarget("A", ["192.0.2.1", "192.0.2.2"])).OfType(Record).Select(record => record.Input("target")));

    [Theory]
    [InlineData("CNAME", "target.example.net", "target.example.net.")]
    [InlineData("MX", "10 mail.example.net", "10 mail.example.net.")]
    [InlineData("TXT", "v=spf1 -all", "\"v=spf1 -all\"")]
    [InlineData("CAA", "0 issue letsencrypt.org", "0 issue \"letsencrypt.org\"")]
    public void Values_are_written_as_the_zone_gives_them_back(string type, string value, string written) =>
        Assert.Equal(written, Plan("name", new DnsTarget(type, [value])).Only(Record).Input("target"));

    [Fact]
    public void The_zones_own_name_is_the_empty_one() =>
        Assert.Equal("", Plan("@", new DnsTarget("A", ["192.0.2.1"])).Only(Record).Input("subdomain"));

    [Fact]
    public void Shares_are_refused_with_the_clouds_that_have_them()
    {
        var error = OvhPlans.OnlyError(model => Declare(model, "www", [new("A", ["192.0.2.1"], 90), new("A", ["192.0.2.2"], 10)]));

        Assert.Contains("aws", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_without_traffic_is_left_out() =>
        Assert.Equal(
            "192.0.2.2",
            OvhPlans.Good(model => Declare(model, "www", [new("A", ["192.0.2.1"], 0), new("A", ["192.0.2.2"], 100)]))
                .Only(Record)
                .Input("target"));

    [Fact]
    public void A_wildcard_is_proven_by_an_account_that_may_write_into_its_zone_only()
    {
        var plan = OvhPlans.Good(model => Edge(model, "*"));

        var policy = plan.Only("ovh:Iam/policy:Policy");
        Assert.Equal(
            """["urn:v1:eu:resource:dnsZone:shop.example"]""",
            policy.Input("resources")!.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
        Assert.DoesNotContain('*', policy.Input("allows")!);
        Assert.Equal("ovh-dns", plan.Only("kubernetes:cert-manager.io/v1:Certificate").Input("spec.issuerRef.name"));
    }

    [Fact]
    public void Whoever_issues_a_wildcard_knows_whom_to_write_to()
    {
        var release = OvhPlans.Good(model => Edge(model, "*")).Only("kubernetes:helm.sh/v3:Release", "dns-issuer");

        Assert.Equal(("0.9.16", "platform@example.org"), (release.Input("version"), release.Input("values.issuers[0].email")));
        var error = OvhPlans.OnlyError(model => Edge(model, "*"), settings: settings => settings with { Owner = "platform" });
        Assert.Contains("infra:owner is 'platform'", error, StringComparison.Ordinal);
        Assert.Contains("e-mail", error, StringComparison.Ordinal);
        OvhPlans.Good(model => Edge(model, "www"), settings: settings => settings with { Owner = "platform" });
    }

    [Fact]
    public void Single_names_need_no_such_account()
    {
        var plan = OvhPlans.Good(model => Edge(model, "www"));

        Assert.Empty(plan.OfType("ovh:Me/aPIOAuth2Client:APIOAuth2Client"));
        Assert.Equal("Issuer", plan.Only("kubernetes:cert-manager.io/v1:Certificate").Input("spec.issuerRef.kind"));
    }

    [Fact]
    public void A_name_points_at_the_address_of_its_load_balancer()
    {
        var plan = OvhPlans.Good(model =>
        {
            var (zone, edge) = Edge(model, "www");
            model.Add(new DnsRecord("www", new() { Zone = zone, Host = "www", Targets = [new(edge)] }));
        });

        Assert.Equal("A", plan.Only(Record).Input("fieldtype"));
        Assert.True(plan.Only(Record).RefersTo(plan.Only("kubernetes:gateway.networking.k8s.io/v1:Gateway")));
    }

    private static (DnsZone Zone, LoadBalancer Edge) Edge(Model model, string host)
    {
        var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
        var zone = model.Add(new DnsZone("zone", new() { Domain = "shop.example" }));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = [host], Zone = zone }));
        return (zone, model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(shop, host)] })));
    }

    private static Plan Plan(string host, DnsTarget target) => OvhPlans.Good(model => Declare(model, host, [target]));

    private static void Declare(Model model, string host, IReadOnlyList<DnsTarget> targets) =>
        model.Add(new DnsRecord(
            "name",
            new() { Zone = model.Add(new DnsZone("zone", new() { Domain = "shop.example" })), Host = host, Targets = targets }));
}

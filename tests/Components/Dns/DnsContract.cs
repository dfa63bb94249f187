using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Dns;

/// <summary>
/// What zones and records promise on every cloud. A zone whose cloud cannot share traffic by weight, or lacks a type, says so.
/// </summary>
public abstract class DnsContract(CloudFixture cloud, bool hasWeights, ExistingZone existing, params string[] missingTypes)
{
    protected CloudFixture Cloud => cloud;

    [Fact]
    public void A_zone_knows_its_domain() =>
        Assert.Equal(
            "shop.example",
            cloud.PlanWithoutErrors(model => Zone(model)).Component("zone", DnsZoneKind.Instance).Outputs.At("domain")!);

    [Theory]
    [InlineData("A", "192.0.2.1")]
    [InlineData("AAAA", "2001:db8::1")]
    [InlineData("CNAME", "target.example.net")]
    [InlineData("MX", "10 mail.example.net")]
    [InlineData("TXT", "v=spf1 -all")]
    [InlineData("CAA", "0 issue letsencrypt.org")]
    [InlineData("SRV", "1 10 5060 sip.example.net")]
    public void A_record_of_every_type_plans_or_the_cloud_says_that_it_cannot(string type, string value)
    {
        var plan = cloud.Plan(model =>
            model.Add(new DnsRecord("name", new() { Zone = Zone(model), Host = "name", Targets = [new(type, [value])] })));

        Assert.Equal(missingTypes.Contains(type), plan.HasErrors);
        if (plan.HasErrors) return;
        Assert.Equal("name.shop.example", plan.Component("name", DnsRecordKind.Instance).Outputs.At("fullName")!);
        Assert.Contains(plan.Resources, resource =>
            resource.Component == "name" && resource.Inputs.ToString().Contains(value.Split(' ')[^1], StringComparison.Ordinal));
    }

    [Fact]
    public void Targets_share_traffic_by_weight_or_the_cloud_says_that_it_cannot()
    {
        var plan = cloud.Plan(model => model.Add(new DnsRecord("name", new()
        {
            Zone = Zone(model),
            Host = "name",
            Targets = [new("A", ["192.0.2.1"], 90), new("A", ["192.0.2.2"], 10)],
        })));

        Assert.Equal(!hasWeights, plan.Findings.Any(finding => finding is { Severity: Severity.Error, Component: "name" }));
        if (hasWeights)
        {
            Assert.Contains(
                plan.Resources,
                resource => resource.Component == "name" && resource.Inputs.ToString().Contains("90", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_cname_at_the_zones_own_name_is_refused()
    {
        var plan = cloud.Plan(model =>
            model.Add(new DnsRecord("name", new() { Zone = Zone(model), Host = "@", Targets = [new("CNAME", ["x.example.net"])] })));

        Assert.Contains(plan.Findings, finding => finding is { Severity: Severity.Error, Component: "name" });
    }

    [Theory]
    [InlineData("A", "192.0.2.1", "A", "192.0.2.2", false)]
    [InlineData("TXT", "v=spf1 -all", "CNAME", "target.example.net", false)]
    [InlineData("TXT", "v=spf1 -all", "A", "192.0.2.1", true)]
    public void Records_that_cannot_stand_side_by_side_are_refused(
        string type,
        string value,
        string otherType,
        string otherValue,
        bool areAllowed)
    {
        var plan = cloud.Plan(model =>
        {
            var zone = Zone(model);
            model.Add(new DnsRecord("first", new() { Zone = zone, Host = "name", Targets = [new(type, [value])] }));
            model.Add(new DnsRecord("second", new() { Zone = zone, Host = "name", Targets = [new(otherType, [otherValue])] }));
        });

        Assert.Equal(
            areAllowed,
            !plan.Findings.Any(finding => finding is { Severity: Severity.Error, Rule.Id: "dns-record-host", Component: "second" }));
    }

    [Fact]
    public void A_record_that_becomes_one_of_another_type_changes_in_place_or_goes_before_the_new_one_comes()
    {
        var replaced = Replacements.Of(cloud.Cloud, Written("A", "192.0.2.1"), Written("CNAME", "target.example.net"));

        Assert.All(replaced, record =>
            Assert.True(record.Resource.DeleteBeforeReplace, $"{record.Resource.Urn} is created beside the old record."));

        static Action<Model> Written(string type, string value) => model =>
            model.Add(new DnsRecord("name", new() { Zone = Zone(model), Host = "name", Targets = [new(type, [value])] }));
    }

    [Fact]
    public void The_zone_has_the_stacks_domain_and_hosts_are_relative_to_it()
    {
        var plan = Plan(settings => settings with { Domain = "staging.shop.example" }, model => Record(model, new DnsZone("zone"), "name"));

        Assert.Equal("staging.shop.example", plan.Component("zone", DnsZoneKind.Instance).Outputs.At("domain")!);
        Assert.Equal("name.staging.shop.example", plan.Component("name", DnsRecordKind.Instance).Outputs.At("fullName")!);
        Assert.False(plan.HasErrors);
    }

    [Fact]
    public void A_stack_without_a_domain_is_asked_for_one()
    {
        var plan = Plan(settings => settings with { Domain = null }, model => Record(model, new DnsZone("zone"), "name"));

        Assert.Contains(
            plan.Findings,
            finding => finding is { Severity: Severity.Error, Component: "zone" }
                && finding.Message.Contains("Set infra:domain", StringComparison.Ordinal));
    }

    [Fact]
    public void A_host_that_holds_the_domain_already_is_refused()
    {
        var plan = cloud.Plan(model => Record(model, new DnsZone("zone"), "name.shop.example"));

        Assert.Contains(
            plan.Findings,
            finding => finding is { Severity: Severity.Error, Component: "name" }
                && finding.Message.Contains("Leave the domain out", StringComparison.Ordinal));
    }

    [Fact]
    public void A_zone_that_exists_already_is_written_to_and_neither_made_nor_deleted()
    {
        var plan = cloud.PlanWithoutErrors(model => Record(model, new DnsZone("zone", new() { Existing = existing }), "name"));

        Assert.DoesNotContain(plan.Resources, resource => resource.Component == "zone");
        Assert.Equal("", plan.Component("zone", DnsZoneKind.Instance).Outputs.At("nameServers")!);
        var written = plan.Resources.Where(resource => resource.Component == "name").ToList();
        Assert.NotEmpty(written);
        if (existing.Id is { } id) Assert.All(written, record => Assert.Contains(id, record.Inputs.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_zone_that_others_serve_is_left_alone_and_lists_what_to_write_into_it()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            var zone = model.Add(new DnsZone("zone", new() { External = true }));
            var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
            var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["www"], Zone = zone }));
            var edge = model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(shop, "www")] }));
            model.Add(new DnsRecord("www", new() { Zone = zone, Host = "www", Targets = [new(edge)] }));
            model.Add(new DnsRecord("mail", new() { Zone = zone, Host = "@", Targets = [new("TXT", ["v=spf1 -all"])], TtlSeconds = 60 }));
        });

        Assert.DoesNotContain(plan.Resources, resource => resource.Component is "www" or "mail" or "external-dns"
            || (resource.Component == "zone" && resource.TypeName != "DnsAuthorization"));
        var outputs = plan.Component("zone", DnsZoneKind.Instance).Outputs;
        var balancerHasName = cloud.Cloud == Infra.Components.Systems.Cloud.Aws;
        var isProvedByRecords = balancerHasName || cloud.Cloud == Infra.Components.Systems.Cloud.Gcp;
        var (type, dot) = balancerHasName ? ("CNAME", ".") : ("A", "");
        var balancer = plan.Component("edge", LoadBalancerKind.Instance).Outputs.At("address");
        Assert.Equal(
            $"www.shop.example. 300 IN {type} {balancer}{dot}\nshop.example. 60 IN TXT \"v=spf1 -all\"",
            outputs.At("records"));
        Assert.Equal(isProvedByRecords, outputs.At("proofs") is { Length: > 0 });
        Assert.Contains(
            plan.Findings,
            finding => finding is { Severity: Severity.Info, Component: "zone", Rule.Id: "dns-zone-external" }
                && finding.Message.Contains($"{type} www.shop.example", StringComparison.Ordinal)
                && finding.Message.Contains("TXT shop.example", StringComparison.Ordinal));
    }

    [Fact]
    public void A_zone_that_others_serve_has_no_weights()
    {
        var plan = cloud.Plan(model => model.Add(new DnsRecord("name", new()
        {
            Zone = model.Add(new DnsZone("zone", new() { External = true })),
            Host = "name",
            Targets = [new("A", ["192.0.2.1"], 90), new("A", ["192.0.2.2"], 10)],
        })));

        Assert.Equal(("dns-record-arguments", "name"), plan.OnlyError() is var error ? (error.Rule.Id, error.Component) : default);
    }

    [Fact]
    public void A_part_of_a_domain_may_have_its_names_in_the_zone_of_the_whole()
    {
        var plan = Plan(
            settings => settings with { Domain = "staging.shop.example" },
            model => Record(model, new DnsZone("zone", new() { Existing = existing with { Domain = "shop.example" } }), "name"));

        Assert.False(plan.HasErrors);
        Assert.All(plan.Resources.Where(resource => resource.Component == "name"), record => Assert.Matches(
            """("name\.staging\.shop\.example\.?")|("(name|subdomain)": ?"name\.staging")""",
            record.Inputs.ToString()));
    }

    [Fact]
    public void A_zone_that_its_cloud_cannot_find_is_refused()
    {
        var wrong = existing.Id is null ? existing with { Id = "Z0123456789" } : existing with { Id = null };

        Assert.Equal(
            ("dns-zone-existing", "zone"),
            cloud.Plan(model => model.Add(new DnsZone("zone", new() { Existing = wrong }))).OnlyError() is var error
                ? (error.Rule.Id, error.Component)
                : default);
    }

    [Fact]
    public void A_domain_has_one_zone_in_a_stack()
    {
        var plan = cloud.Plan(model =>
        {
            Record(model, new DnsZone("zone"), "name");
            model.Add(new DnsZone("brand"));
        });

        var error = plan.OnlyError();
        Assert.Equal(("dns-zone-same-domain", "brand"), (error.Rule.Id, error.Component));
        Assert.Contains("Set infra:domains.brand", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zones_of_different_domains_stand_side_by_side() => cloud.PlanWithoutErrors(model =>
    {
        Record(model, new DnsZone("zone"), "name");
        model.Add(new DnsZone("brand", new() { Domain = "brand.example" }));
        model.Add(new DnsZone("staging", new() { Domain = "staging.shop.example" }));
    });

    private Plan Plan(Func<StackSettings, StackSettings> change, Action<Model> declare)
    {
        var system = TestSystems.Declare(declare);
        return Rehearsal.Run(system, change(cloud.SettingsFor(system, EnvironmentKind.Production)));
    }

    private static void Record(Model model, DnsZone zone, string host) => model.Add(new DnsRecord(
        "name",
        new() { Zone = model.Add(zone), Host = host, Targets = [new("A", ["192.0.2.1"])] }));

    private static DnsZone Zone(Model model) => model.Add(new DnsZone("zone", new() { Domain = "shop.example" }));
}

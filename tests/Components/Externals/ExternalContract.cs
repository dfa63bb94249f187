using Infra.Components.Checks;
using Infra.Components.Externals;
using Infra.Components.Jobs;
using Infra.Components.Networks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Externals;

/// <summary>What something external promises its consumers on every cloud.</summary>
public sealed class ExternalContract
{
    public static TheoryData<Cloud> Clouds => [.. Fixtures.Clouds];

    [Theory]
    [MemberData(nameof(Clouds))]
    public void Its_consumers_find_where_it_is_and_how_it_encrypts(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);
        var plan = fixture.PlanWithoutErrors(model =>
        {
            var search = model.Add(new External("search", new()
            {
                Host = "search.example.org",
                Port = 9200,
                Path = "/shop",
                Tls = ConnectionTls.StartTls,
            }));
            model.Add(new ContainerService("shop", new() { Port = 8080 })).Calls(search);
            model.Add(new Job("index")).Calls(search, variables: new() { ["ES_NODE"] = "{HOST}:{PORT}" });
        });

        var variables = fixture.VariablesOf(plan, "shop").Where(entry => entry.Key != "PORT").ToDictionary();
        Assert.Equal(
            ["", "search.example.org", "9200", "starttls", "https://search.example.org:9200/shop"],
            new[] { "CA", "HOST", "PORT", "TLS", "URL" }.Select(key => variables[$"SEARCH_{key}"].Value));
        Assert.Equal("search.example.org:9200", fixture.VariablesOf(plan, "index")["ES_NODE"].Value);
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void It_stands_wherever_its_consumers_do(Cloud cloud)
    {
        var other = cloud == Cloud.Kubernetes ? Cloud.Gcp : Cloud.Kubernetes;
        var system = TestSystems.Declare(model =>
        {
            var search = model.Add(new External("search", new() { Host = "search.example.org" }));
            model.Add(new ContainerService("here")).Calls(search);
            model.Add(new ContainerService("there")).Calls(search);
        });
        var settings = Fixtures.Of(cloud).SettingsFor(system, EnvironmentKind.Production) with
        {
            Placement = new Dictionary<string, Cloud> { ["there"] = other },
        };

        var plan = Rehearsal.Run(system, settings).WithoutErrors();

        Assert.Equal("search.example.org", Fixtures.Of(cloud).VariablesOf(plan, "here")["SEARCH_HOST"].Value);
        Assert.Equal("search.example.org", Fixtures.Of(other).VariablesOf(plan, "there")["SEARCH_HOST"].Value);
        Assert.DoesNotContain(plan.Resources, resource => resource.TypeName == "Relay");
    }

    [Fact]
    public void It_cannot_be_placed()
    {
        var system = TestSystems.Declare(model =>
            model.Add(new ContainerService("shop")).Calls(model.Add(new External("search", new() { Host = "search.example.org" }))));
        var settings = TestSettings.For(Cloud.Aws, system: system) with
        {
            Placement = new Dictionary<string, Cloud> { ["search"] = Cloud.Gcp },
        };

        Assert.Contains("infra:placement names 'search'", Rehearsal.Run(system, settings).Errors(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Cloud.Kubernetes)]
    [InlineData(Cloud.Scaleway)]
    [InlineData(Cloud.Ovh)]
    public void Pods_are_let_out_to_exactly_its_private_addresses_and_to_public_ones_as_everyone(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);
        var plan = fixture.PlanWithoutErrors(model =>
        {
            var cellar = model.Add(new External("cellar", new() { Host = "10.200.0.7", Port = 1433, Addresses = ["10.200.0.7/32"] }));
            var search = model.Add(new External("search", new() { Host = "search.example.org", Addresses = ["203.0.113.7/32"] }));
            model.Add(new ContainerService("shop")).Calls(cellar);
            model.Add(new ContainerService("web")).Calls(search);
            model.Add(new ContainerService("stranger"));
        });

        Assert.Contains(fixture.GrantsOf(plan, "shop"), grant => grant.Contains("10.200.0.7/32", StringComparison.Ordinal));
        Assert.DoesNotContain(fixture.GrantsOf(plan, "web"), grant => grant.Contains("203.0.113.7", StringComparison.Ordinal));
        Assert.DoesNotContain(fixture.GrantsOf(plan, "stranger"), grant => grant.Contains("10.200.0.7", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Cloud.Aws)]
    [InlineData(Cloud.Kubernetes)]
    [InlineData(Cloud.Scaleway)]
    public void Where_the_network_lets_nobody_out_its_consumers_are_let_out_to_exactly_its_addresses(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);
        var plan = fixture.Plan(model =>
        {
            model.Add(new PrivateNetwork("network", new() { Egress = Egress.None }));
            var cellar = model.Add(new External("cellar", new() { Host = "10.200.0.7", Port = 1433, Addresses = ["10.200.0.7/32"] }));
            model.Add(new ContainerService("shop")).Calls(cellar);
            model.Add(new ContainerService("stranger"));
        });

        Assert.DoesNotContain(plan.Findings, finding => finding.Rule.Id == "external-unreachable");
        if (plan.Findings.Any(finding => finding.Severity == Severity.Error)) return;
        Assert.Contains(fixture.GrantsOf(plan, "shop"), grant => grant.Contains("10.200.0.7/32", StringComparison.Ordinal));
        Assert.DoesNotContain(fixture.GrantsOf(plan, "stranger"), grant => grant.Contains("10.200.0.7", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void What_the_network_has_no_way_to_is_refused(Cloud cloud)
    {
        var plan = Fixtures.Of(cloud).Plan(model =>
        {
            model.Add(new PrivateNetwork("network", new() { Egress = Egress.None }));
            model.Add(new ContainerService("shop")).Calls(model.Add(new External("search", new() { Host = "search.example.org" })));
        });

        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "external-unreachable", Component: "search" });
    }

    [Theory]
    [InlineData(Cloud.Aws, 25, true)]
    [InlineData(Cloud.Aws, 587, false)]
    [InlineData(Cloud.Gcp, 25, true)]
    [InlineData(Cloud.Gcp, 465, false)]
    [InlineData(Cloud.Scaleway, 25, true)]
    [InlineData(Cloud.Scaleway, 465, true)]
    [InlineData(Cloud.Scaleway, 587, true)]
    [InlineData(Cloud.Scaleway, 2525, true)]
    [InlineData(Cloud.Scaleway, 2465, false)]
    [InlineData(Cloud.Ovh, 25, true)]
    [InlineData(Cloud.Ovh, 587, false)]
    public void Ports_of_mail_servers_that_a_cloud_closes_are_told_before_the_day(Cloud cloud, int port, bool isClosed)
    {
        var plan = Fixtures.Of(cloud).PlanWithoutErrors(model =>
            model.Add(new ContainerService("shop"))
                .Calls(model.Add(new External("mail", new() { Host = "smtp.example.org", Port = port }))));

        Assert.Equal(isClosed, plan.Findings.Any(finding => finding is { Rule.Id: "external-smtp", Component: "mail" }));
    }

    [Fact]
    public void Scaleways_gateway_lets_mail_out_where_something_sends_it()
    {
        Assert.Equal("True", GatewayOf(587));
        Assert.Equal("False", GatewayOf(443));

        static string? GatewayOf(int port) => Fixtures.Of(Cloud.Scaleway)
            .PlanWithoutErrors(model =>
                model.Add(new ContainerService("shop"))
                    .Calls(model.Add(new External("mail", new() { Host = "smtp.example.org", Port = port }))))
            .Resources.Single(resource => resource.TypeName == "PublicGateway").Input("enableSmtp");
    }

    [Fact]
    public void A_stack_file_names_the_host_that_its_stack_uses()
    {
        var system = TestSystems.Declare(model =>
            model.Add(new ContainerService("shop")).Calls(model.Add(new External("mail", new() { Port = 465, Scheme = "smtps" }))));
        var missing = Rehearsal.Run(system, TestSettings.For(Cloud.Aws, system: system));
        var settings = TestSettings.For(Cloud.Aws, system: system) with
        {
            Components = new Dictionary<string, System.Text.Json.Nodes.JsonObject> { ["mail"] = new() { ["host"] = "smtp.example.org" } },
        };

        Assert.Contains("infra:components.mail.host", missing.Errors(), StringComparison.Ordinal);
        Assert.Equal(
            "smtps://smtp.example.org:465",
            Fixtures.Of(Cloud.Aws).VariablesOf(Rehearsal.Run(system, settings).WithoutErrors(), "shop")["MAIL_URL"].Value);
    }

    [Theory]
    [InlineData("https://search.example.org")]
    [InlineData("search.example.org:9200")]
    [InlineData("search example")]
    [InlineData("-search.example.org")]
    [InlineData("search.example.org\n")]
    public void What_is_no_host_is_refused(string host) => Assert.Contains(
        "Host is",
        AwsPlans.OnlyError(model => model.Add(new External("search", new() { Host = host }))),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("0.0.0.0/0")]
    [InlineData("10.0.0.0/7")]
    [InlineData("203.0.113.7")]
    [InlineData("203.0.113.7/24")]
    [InlineData("2001:db8::/32")]
    [InlineData("everyone")]
    public void Addresses_are_ipv4_blocks_that_are_not_everyones(string address) => Assert.Contains(
        "Addresses is",
        AwsPlans.OnlyError(model => model.Add(new External("search", new() { Host = "search.example.org", Addresses = [address] }))),
        StringComparison.Ordinal);

    [Fact]
    public void Addresses_inside_the_network_are_nobodys_outside_of_it() => Assert.Contains(
        "overlaps with the network's own",
        AwsPlans.OnlyError(model =>
            model.Add(new External("search", new() { Host = "search.example.org", Addresses = ["10.0.7.0/24"] }))),
        StringComparison.Ordinal);

    [Fact]
    public void A_connection_that_is_not_encrypted_is_told_in_production()
    {
        var plan = AwsPlans.Try(model =>
            model.Add(new ContainerService("shop")).Calls(
                model.Add(new External("search", new() { Host = "search.example.org", Tls = ConnectionTls.None }))));

        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "external-plain", Severity: Severity.Warning });
    }
}

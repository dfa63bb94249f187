using System.Text.Json.Nodes;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Stacks;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Stacks;

public sealed class FamilinkTests
{
    [Theory]
    [MemberData(nameof(Fixtures.EachCloud), MemberType = typeof(Fixtures))]
    public void It_plans_in_production_without_an_error(Cloud cloud) => Assert.Equal("", Plan("familink-production", cloud).Errors());

    [Theory]
    [MemberData(nameof(Fixtures.EachCloud), MemberType = typeof(Fixtures))]
    public void It_plans_in_staging_without_an_error(Cloud cloud) => Assert.Equal("", Plan("familink-staging", cloud).Errors());

    [Theory]
    [MemberData(nameof(Fixtures.EachCloud), MemberType = typeof(Fixtures))]
    public void Its_plan_is_the_one_that_was_reviewed(Cloud cloud) =>
        Snapshot.Matches($"familink-production.{cloud.Name()}", Plan("familink-production", cloud));

    [Theory]
    [MemberData(nameof(Fixtures.EachCloud), MemberType = typeof(Fixtures))]
    public void Every_declared_component_is_built(Cloud cloud)
    {
        var model = new Infra.Components.Systems.Model();
        new Familink().Declare(model);

        var built = Plan("familink-production", cloud).Components.Select(component => (component.Name, component.Kind)).ToHashSet();
        Assert.All(model.Components, component => Assert.Contains((component.Name, component.Kind), built));
    }

    [Theory]
    [MemberData(nameof(Fixtures.EachCloud), MemberType = typeof(Fixtures))]
    public void It_registers_the_same_resources_whether_outputs_are_known_or_not(Cloud cloud)
    {
        var settings = Settings("familink-production", cloud);
        var unknown = Rehearsal.RunUnknown(new Familink(), settings);

        Assert.DoesNotContain(unknown.Findings, finding => finding.Severity == Severity.Error);
        var plan = Rehearsal.Run(new Familink(), settings);
        Assert.Equal(
            plan.Components
                .Select(component => component.Urn)
                .Concat(plan.Resources.Select(resource => resource.Urn))
                .Order(StringComparer.Ordinal),
            unknown.Urns.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Staging_has_names_of_its_own()
    {
        var (production, staging) = (Plan("familink-production", Cloud.Aws), Plan("familink-staging", Cloud.Aws));

        Assert.Equal("familink.example", production.Only("aws:route53/zone:Zone").Input("name"));
        Assert.Equal("staging.familink.example", staging.Only("aws:route53/zone:Zone").Input("name"));
        Assert.Equal("www.staging.familink.example", staging.Only("aws:acm/certificate:Certificate").Input("domainName"));
        Assert.DoesNotContain(staging.Resources, resource =>
            resource.Inputs.ToString().Contains("www.familink.example", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_domain_of_the_zone_takes_routes_certificates_and_records_along()
    {
        var settings = Settings("familink-production", Cloud.Aws);
        var plan = Rehearsal.Run(new Familink(), settings with
        {
            Components = new Dictionary<string, JsonObject>(settings.Components) { ["zone"] = new() { ["domain"] = "frames.example" } },
        }).WithoutErrors();

        Assert.Equal("frames.example", plan.Only("aws:route53/zone:Zone").Input("name"));
        Assert.Equal("www.frames.example", plan.Only("aws:route53/record:Record", "www").Input("name"));
        Assert.Equal("www.frames.example", plan.Only("aws:acm/certificate:Certificate").Input("domainName"));
        Assert.Equal(
            ["api.frames.example", "www.frames.example", "www.frames.example"],
            plan.OfType("aws:lb/listenerRule:ListenerRule")
                .Select(rule => rule.Input("conditions[0].hostHeader.values[0]"))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void For_some_days_it_ran_on_aws_with_cache_and_photos_on_scaleway()
    {
        var settings = Settings("familink-production", Cloud.Aws);
        var plan = Rehearsal.Run(new Familink(), settings with
        {
            Placement = new Dictionary<string, Cloud> { ["cache"] = Cloud.Scaleway, ["photos"] = Cloud.Scaleway },
            Accounts = settings.Accounts with { Scaleway = RepositoryStacks.Settings("familink-production-scaleway").Accounts.Scaleway },
        });

        Assert.Equal("", plan.Errors());
        Snapshot.Matches("familink-production.aws-with-scaleway", plan);
    }

    [Theory]
    [InlineData(Cloud.Aws, 277)]
    [InlineData(Cloud.Gcp, 247)]
    [InlineData(Cloud.Scaleway, 169)]
    [InlineData(Cloud.Ovh, 182)]
    [InlineData(Cloud.Kubernetes, 225)]
    public void It_has_no_more_resources_than_a_good_engineer_would_write(Cloud cloud, int most) => Assert.InRange(
        Plan("familink-production", cloud).Resources.Count(resource => !resource.IsProvider),
        1,
        most);

    [Fact]
    public void December_is_in_the_scaling_bounds()
    {
        var aws = new AwsFixture();
        var plan = Plan("familink-production", Cloud.Aws);

        Assert.Equal((3, 30, 60), aws.ScalingOf(plan, "api"));
        Assert.Equal((2, 40, 70), aws.ScalingOf(plan, "images"));
    }

    [Theory]
    [InlineData("2026-12-22", 3)]
    [InlineData("2026-12-24", 15)]
    [InlineData("2026-12-25", 15)]
    [InlineData("2026-12-28", 3)]
    public void An_update_on_christmas_eve_scales_nothing_down(string day, int least)
    {
        var settings = Settings("familink-production", Cloud.Aws) with
        {
            Today = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture),
        };
        var plan = Rehearsal.Run(new Familink(), settings).WithoutErrors();

        Assert.Equal((least, 30, 60), new AwsFixture().ScalingOf(plan, "api"));
    }

    [Theory]
    [InlineData("familink-production")]
    [InlineData("familink-production-scaleway")]
    [InlineData("familink-production-ovh")]
    public void Its_numbers_in_production_are_those_of_the_stack_file_and_of_the_code_alike(string stack)
    {
        var settings = RepositoryStacks.Settings(stack);
        var declared = settings with
        {
            Components = settings.Components.Where(overrides => overrides.Value.ContainsKey("host") || overrides.Key is "mail" or "mqtt")
                .ToDictionary(),
        };

        Assert.Equal(Decided(settings), Decided(declared));

        static IEnumerable<string> Decided(StackSettings settings) => Rehearsal.Run(new Familink(), settings)
            .Components
            .Where(component => component.Kind.Name == "ContainerService")
            .Select(component => $"{component.Name} {component.Arguments.GetProperty("scaling")}");
    }

    [Fact]
    public void Mails_of_consumers_on_scaleway_leave_by_a_port_that_its_gateway_lets_out()
    {
        var scaleway = Fixtures.Of(Cloud.Scaleway);
        var settings = Settings("familink-production", Cloud.Scaleway);
        var there = Rehearsal.Run(new Familink(), settings).WithoutErrors();
        var back = Rehearsal.Run(new Familink(), settings with
        {
            Placement = new Dictionary<string, Cloud> { ["mail"] = Cloud.Aws },
        }).WithoutErrors();

        // Transactional Email from the start, and Amazon SES for the hour in which the company went back to it.
        Assert.Equal("2465", scaleway.VariablesOf(there, "api")["MAIL_PORT"].Value);
        Assert.Equal("2465", scaleway.VariablesOf(back, "api")["MAIL_PORT"].Value);
        foreach (var plan in new[] { there, back })
        {
            Assert.DoesNotContain(plan.Findings, finding => finding.Rule.Id == "external-smtp");
            Assert.Equal("False", plan.Resources.Single(resource => resource.TypeName == "PublicGateway").Input("enableSmtp"));
        }
    }

    [Fact]
    public void The_way_of_sending_that_failed_on_the_day_is_told_by_the_plan_for_scaleway()
    {
        var settings = Settings("familink-production", Cloud.Scaleway);
        var plan = Rehearsal.Run(new Familink(), settings with
        {
            Components = new Dictionary<string, JsonObject>(settings.Components)
            {
                ["mail"] = JsonNode.Parse("""{ "relay": { "host": "smtp.relay.example", "username": "familink", "port": 587 } }""")!
                    .AsObject(),
            },
        });

        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "external-smtp", Component: "mail" });
    }

    private static Plan Plan(string stack, Cloud cloud) => Rehearsal.Run(new Familink(), Settings(stack, cloud));

    private static StackSettings Settings(string stack, Cloud cloud) => RepositoryStacks.Settings(stack, cloud);
}

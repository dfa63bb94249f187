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
    [InlineData(Cloud.Aws, 163)]
    [InlineData(Cloud.Gcp, 127)]
    [InlineData(Cloud.Scaleway, 80)]
    [InlineData(Cloud.Ovh, 73)]
    [InlineData(Cloud.Kubernetes, 112)]
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

    private static Plan Plan(string stack, Cloud cloud) => Rehearsal.Run(new Familink(), Settings(stack, cloud));

    private static StackSettings Settings(string stack, Cloud cloud) => RepositoryStacks.Settings(stack, cloud);
}

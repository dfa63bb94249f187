using System.Collections.Immutable;
using Infra.Components.Buckets;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Pulumi;
using Xunit;

namespace Infra.Tests.Engine;

/// <summary>The real run compares where the stack stands with where it would, before it registers anything.</summary>
public sealed class RelocationTests
{
    private static readonly SystemDeclaration System = TestSystems.Declare(model => model.Add(new Bucket("pictures")));

    [Fact]
    public void A_plan_exports_what_the_next_run_compares()
    {
        var outputs = Rehearsal.Run(System, Settings()).Outputs;

        Assert.All(Whereabouts.Outputs, name => Assert.True(outputs.TryGetProperty(name, out _), name));
        var exported = Whereabouts.In(outputs);
        Assert.Equal(("sample-production", "production", "paris"), (exported.Stack, exported.Environment, exported.Location));
        Assert.Equal("eu-west-3", exported.Regions["aws"]);
        Assert.Equal(TestSettings.AccountId, exported.Accounts["aws"]);
        Assert.Equal("aws", exported.Placement["pictures"]);
    }

    [Fact]
    public async Task The_first_update_finds_nothing_and_deploys()
    {
        var run = await DeployedRun.Of(System, Settings(), ImmutableDictionary<string, object>.Empty);

        Assert.Null(run.Error);
        Assert.Contains("aws:s3/bucket:Bucket", run.Registered);
    }

    [Fact]
    public async Task The_second_update_reads_the_stacks_own_outputs_and_deploys_where_it_stands()
    {
        var run = await DeployedRun.Of(System, Settings(), Deployed());

        Assert.Null(run.Error);
        Assert.Contains("organization/infra/sample-production", run.Read);
        Assert.Contains("aws:s3/bucket:Bucket", run.Registered);
    }

    [Fact]
    public async Task A_component_that_would_stand_on_another_cloud_is_refused_and_nothing_is_registered()
    {
        var run = await DeployedRun.Of(System, Settings() with { Cloud = Cloud.Gcp }, Deployed());

        Assert.Contains(
            "error: pictures: It stands on aws, and would stand on gcp: it would be deleted there with everything in it",
            run.Error,
            StringComparison.Ordinal);
        Assert.Contains("Set infra:placement.pictures to aws.", run.Error, StringComparison.Ordinal);
        Assert.Contains("[deployed-placement]", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Registered);
    }

    [Fact]
    public async Task A_stack_whose_outputs_cannot_be_read_is_not_deployed()
    {
        var run = await DeployedRun.Of(System, Settings(), null);

        Assert.NotNull(run.Error);
        Assert.Empty(run.Registered);
    }

    [Fact]
    public async Task What_an_older_program_did_not_export_is_not_compared()
    {
        var run = await DeployedRun.Of(System, 
            Settings() with { Location = Location.All.Single(place => place.Name == "dublin") },
            Deployed().RemoveRange(["accounts", "environment", "location", "regions", "stack"]));

        Assert.Null(run.Error);
        Assert.NotEmpty(run.Registered);
    }

    [Fact]
    public async Task A_stack_file_can_accept_it_for_a_reason_and_a_rehearsal_takes_no_offence()
    {
        var settings = Settings() with
        {
            Cloud = Cloud.Gcp,
            Waivers = [new("deployed-placement", "pictures", "the pictures were copied", new(2027, 1, 31))],
        };

        Assert.Equal("", Rehearsal.Run(System, settings).Errors());
        Assert.Null((await DeployedRun.Of(System, settings, Deployed())).Error);
    }

    [Fact]
    public void Every_way_to_move_a_stack_is_refused()
    {
        var deployed = Whereabouts.In(Rehearsal.Run(System, Settings()).Outputs);
        var findings = new Findings();

        Relocation.Check(
            deployed,
            deployed with
            {
                Stack = "sample-live",
                Environment = "staging",
                Regions = new Dictionary<string, string> { ["aws"] = "eu-west-1" },
                Accounts = new Dictionary<string, string> { ["aws"] = "999988887777" },
                Placement = new Dictionary<string, string> { ["pictures"] = "ovh" },
            },
            findings);

        Assert.Equal(
            ["deployed-account", "deployed-environment", "deployed-location", "deployed-name", "deployed-placement"],
            findings.All.Select(finding => finding.Rule.Id).Order(StringComparer.Ordinal));
        Assert.All(findings.All, finding => Assert.Equal(Severity.Error, finding.Severity));
    }

    [Fact]
    public void Where_no_region_is_known_the_location_is_compared()
    {
        var findings = new Findings();

        Relocation.Check(new() { Location = "paris" }, new() { Location = "dublin" }, findings);

        Assert.Equal("deployed-location", Assert.Single(findings.All).Rule.Id);
    }

    [Fact]
    public void Components_that_come_or_go_and_clouds_that_are_new_are_no_move()
    {
        var findings = new Findings();

        Relocation.Check(
            new() { Placement = Texts("old", "aws"), Regions = Texts("aws", "eu-west-3") },
            new() { Placement = Texts("new", "gcp"), Regions = Texts("gcp", "europe-west9") },
            findings);

        Assert.Empty(findings.All);
    }

    private static Dictionary<string, string> Texts(string key, string value) => new() { [key] = value };

    private static StackSettings Settings() => TestSettings.For(Cloud.Aws, EnvironmentKind.Production, System);

    // As a checkpoint keeps them.
    private static ImmutableDictionary<string, object> Deployed() => new Dictionary<string, object>
    {
        ["accounts"] = Map("aws", TestSettings.AccountId),
        ["environment"] = "production",
        ["location"] = "paris",
        ["placement"] = Map("pictures", "aws"),
        ["regions"] = Map("aws", "eu-west-3"),
        ["stack"] = "sample-production",
        ["components"] = Output.CreateSecret(Map("pictures", "hush")),
    }.ToImmutableDictionary();

    private static ImmutableDictionary<string, object> Map(string key, string value) =>
        ImmutableDictionary<string, object>.Empty.Add(key, value);
}

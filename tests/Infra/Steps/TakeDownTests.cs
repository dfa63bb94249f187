using System.Text.Json.Nodes;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Stacks;
using Infra.Steps;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Steps;

public sealed class TakeDownTests
{
    // What keeps a cloud from deleting something, by its wire name.
    private static readonly string[] Protections =
    [
        "deletionProtection", "deletionProtectionEnabled", "deletionPolicy", "enableDeletionProtection", "forceDelete", "forceDestroy",
        "deleteAdditionalResources",
    ];

    [Fact]
    public void Production_is_unprotected_by_an_update_of_its_own_before_it_is_destroyed()
    {
        var steps = TakeDown.Of(FirstStepsTests.Planned("familink-production").Plan);

        Assert.Equal(
            ["Copy what must outlive it", "Take the protection off", "Destroy it", "Look at what stays", "Forget the stack"],
            steps.Select(step => step.Title));
        Assert.Contains(steps[0].Notes, note => note.StartsWith("database: ", StringComparison.Ordinal));
        Assert.Contains(steps[0].Notes, note => note.StartsWith("photos: ", StringComparison.Ordinal));
        Assert.DoesNotContain(steps[0].Notes, note => note.StartsWith("api: ", StringComparison.Ordinal));
        Assert.Equal("pulumi config set infra:protected false --stack familink-production", steps[1].Commands[0]);
        Assert.Contains(steps[3].Notes, note => note.Contains("familink.example", StringComparison.Ordinal));
    }

    [Fact]
    public void Staging_has_nothing_to_unprotect()
    {
        var steps = TakeDown.Of(FirstStepsTests.Planned("familink-staging").Plan);

        Assert.DoesNotContain(steps, step => step.Title == "Take the protection off");
    }

    [Fact]
    public void Google_cloud_is_asked_again_when_it_has_freed_the_addresses()
    {
        var steps = TakeDown.Of(Rehearsal.Run(new Familink(), RepositoryStacks.Settings("familink-production", Cloud.Gcp)));

        Assert.Contains(
            steps.Single(step => step.Title == "Destroy it").Notes,
            note => note.Contains("or have '.ci/tear-down familink-production' try", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_that_external_dns_writes_go_while_it_still_runs()
    {
        var plan = Rehearsal.Run(new Familink(), RepositoryStacks.Settings("familink-production", Cloud.Kubernetes));
        var steps = TakeDown.Of(plan).ToList();

        var names = steps.FindIndex(step => step.Title == "Take the names out of the zones");
        Assert.InRange(names, 0, steps.FindIndex(step => step.Title == "Destroy it") - 1);
        Assert.Equal(
            plan.Resources.Count(resource => resource.TypeName == "DNSEndpoint"),
            steps[names].Commands.Single().Split("--target").Length - 1);
    }

    [Theory]
    [MemberData(nameof(Fixtures.EachCloud), MemberType = typeof(Fixtures))]
    public void Without_protection_nothing_is_protected_and_nothing_else_changes(Cloud cloud)
    {
        var settings = RepositoryStacks.Settings("familink-production", cloud);
        var before = Rehearsal.Run(new Familink(), settings).WithoutErrors();
        var after = Rehearsal.Run(new Familink(), settings with { Protected = false }).WithoutErrors();

        Assert.Contains(before.Resources, resource => resource.Protect);
        Assert.DoesNotContain(after.Resources, resource => resource.Protect);
        Assert.Equal(before.Resources.Select(Unprotected), after.Resources.Select(Unprotected));
        Assert.DoesNotContain(
            after.Resources,
            resource => resource.Inputs.ToString().Contains("\"deletionProtection\":true", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(after.Findings, finding => finding.Rule.Id == "stack-unprotected");
        Assert.DoesNotContain(before.Findings, finding => finding.Rule.Id == "stack-unprotected");
    }

    [Fact]
    public void Whatever_stays_of_a_type_stays_of_some_plan()
    {
        var planned = Fixtures.Clouds
            .SelectMany(cloud => Rehearsal.Run(new Familink(), RepositoryStacks.Settings("familink-production", cloud)).Resources)
            .Select(resource => resource.Type)
            .ToHashSet();

        Assert.All(TakeDown.Rows, row => Assert.Contains(row.Type, planned));
    }

    private static string Unprotected(PlannedResource resource)
    {
        var inputs = JsonNode.Parse(resource.Inputs.GetRawText())!;
        Strip(inputs);
        return $"{resource.Urn} {inputs.ToJsonString()}";
    }

    private static void Strip(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var name in Protections) map.Remove(name);
                foreach (var (_, value) in map.ToList()) Strip(value);
                break;
            case JsonArray list:
                foreach (var item in list) Strip(item);
                break;
            default:
                break;
        }
    }
}

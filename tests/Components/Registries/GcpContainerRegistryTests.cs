using Infra.Components.Checks;
using Infra.Components.Registries;
using Infra.Components.Services;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Registries;

public sealed class GcpContainerRegistryTests
{
    [Theory]
    [InlineData(EnvironmentKind.Production)]
    [InlineData(EnvironmentKind.Preview)]
    public void Its_tags_can_be_moved_because_no_policy_deletes_an_image_whose_tag_cannot(EnvironmentKind environment) =>
        Assert.Equal("False", Repository(environment).Input("dockerConfig.immutableTags"));

    [Fact]
    public void Old_images_really_go_but_the_most_recent_ones_of_every_component_stay()
    {
        var repository = Repository();

        Assert.Equal("False", repository.Input("cleanupPolicyDryRun"));
        Assert.Equal(
            ("DELETE", "UNTAGGED", "1209600s"),
            (
                repository.Input("cleanupPolicies[0].action"),
                repository.Input("cleanupPolicies[0].condition.tagState"),
                repository.Input("cleanupPolicies[0].condition.olderThan")));
        Assert.Equal(
            ("KEEP", "30"),
            (repository.Input("cleanupPolicies[2].action"), repository.Input("cleanupPolicies[2].mostRecentVersions.keepCount")));
    }

    [Fact]
    public void An_image_without_a_registry_lies_in_the_stacks_own() => Assert.Equal(
        $"europe-west9-docker.pkg.dev/{TestSettings.Project}/sample-production/shop@{TestSettings.Digest}",
        Plan(EnvironmentKind.Production).Only("gcp:cloudrunv2/workerPool:WorkerPool").Input("template.containers[0].image"));

    private static PlannedResource Repository(EnvironmentKind environment = EnvironmentKind.Production) =>
        Plan(environment).Only("gcp:artifactregistry/repository:Repository");

    private static Plan Plan(EnvironmentKind environment) => GcpPlans.Good(
        model =>
        {
            model.Add(new ContainerRegistry("registry"));
            model.Add(new ContainerService("shop", new() { Scaling = new() { Minimum = 1, Maximum = 1 } }));
        },
        environment,
        settings => settings with { Images = new Dictionary<string, string> { ["shop"] = $"shop@{TestSettings.Digest}" } });
}

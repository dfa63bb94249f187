using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Registries;

public sealed class AwsContainerRegistryTests
{
    [Fact]
    public void Every_image_has_a_repository_of_its_own_whose_tags_never_move()
    {
        var repositories = Plan("report").OfType("aws:ecr/repository:Repository");

        Assert.Equal(
            ["sample-production/report", "sample-production/shop"],
            repositories.Select(repository => repository.Input("name")).Order());
        Assert.All(repositories, repository => Assert.Equal("IMMUTABLE", repository.Input("imageTagMutability")));
        Assert.All(repositories, repository => Assert.Equal("True", repository.Input("imageScanningConfiguration.scanOnPush")));
    }

    [Fact]
    public void Nothing_is_kept_for_images_that_nobody_pulls() => Assert.Equal(
        ["sample-production/shop"],
        Plan("shop").OfType("aws:ecr/repository:Repository").Select(repository => repository.Input("name")));

    [Fact]
    public void Old_images_go_and_the_rule_for_any_tag_comes_last()
    {
        var rules = Plan("shop").Only("aws:ecr/lifecyclePolicy:LifecyclePolicy", "registry-shop")
            .JsonInput("policy")!
            .Value.GetProperty("rules");

        Assert.Equal("untagged", rules.At("[0].selection.tagStatus"));
        Assert.Equal("14", rules.At("[0].selection.countNumber"));
        Assert.Equal("any", rules.At("[1].selection.tagStatus"));
        Assert.Equal("30", rules.At("[1].selection.countNumber"));
    }

    [Fact]
    public void An_image_without_a_registry_lies_in_the_stacks_own()
    {
        var plan = Plan("shop");

        Assert.Equal($"{{registry-shop:Repository.repositoryUrl}}@{TestSettings.Digest}", plan.Container("report").At("image"));
        var pull = plan.Only("aws:iam/rolePolicy:RolePolicy", "report-execution").Statements();
        Assert.Contains(
            "Allow ecr:BatchCheckLayerAvailability ecr:BatchGetImage ecr:GetDownloadUrlForLayer on {registry-shop:Repository.arn}",
            pull);
    }

    [Fact]
    public void An_image_in_another_accounts_repository_can_be_fetched_and_no_other()
    {
        var plan = Plan($"444455556666.dkr.ecr.eu-west-1.amazonaws.com/tools/shop");

        Assert.Contains(
            "Allow ecr:BatchCheckLayerAvailability ecr:BatchGetImage ecr:GetDownloadUrlForLayer on "
            + "arn:aws:ecr:eu-west-1:444455556666:repository/tools/shop",
            plan.Only("aws:iam/rolePolicy:RolePolicy", "report-execution").Statements());
    }

    [Fact]
    public void An_image_in_a_repository_that_no_component_has_is_refused() => Assert.Contains(
        "allowed: shop, report",
        AwsPlans.OnlyError(Declare, settings: settings => WithImage(settings, "stranger")),
        StringComparison.Ordinal);

    private static Plan Plan(string repository) => AwsPlans.Of(Declare, settings: settings => WithImage(settings, repository));

    private static StackSettings WithImage(StackSettings settings, string repository) => settings with
    {
        Images = new Dictionary<string, string>
        {
            ["shop"] = $"shop@{TestSettings.Digest}",
            ["report"] = $"{repository}@{TestSettings.Digest}",
        },
    };

    private static void Declare(Model model)
    {
        model.Add(new ContainerRegistry("registry"));
        model.Add(new ContainerService("shop", new() { Port = 8080 }));
        model.Add(new ContainerService("report"));
    }
}

using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Registries;

public sealed class OvhContainerRegistryTests
{
    [Fact]
    public void Images_without_a_registry_come_from_a_private_project_of_the_stacks_own()
    {
        var plan = Plan("paris");

        Assert.Equal(
            $"{{registry.url}}/sample/shop@{TestSettings.Digest}",
            plan.Only("kubernetes:apps/v1:Deployment", "shop").Input("spec.template.spec.containers[0].image"));
        var project = plan.Only("kubernetes:batch/v1:Job", "registry-project");
        Assert.Equal("sample", project.VariablesOf()["PROJECT"]);
        Assert.Equal("secret REGISTRY_PASSWORD", project.VariablesOf()["REGISTRY_PASSWORD"]);
        Assert.Contains(
            "\\\"public\\\":\\\"false\\\"",
            project.Input("spec.template.spec.containers[0].command[3]"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_project_is_asked_for_without_showing_the_password_in_the_list_of_processes()
    {
        var call = Kubelet.Run(Plan("paris").Only("kubernetes:batch/v1:Job", "registry-project"), "curl", answer: "201");

        Assert.Equal((0, ""), (call.ExitCode, call.Errors));
        Assert.Equal("user = \"secret-REGISTRY_LOGIN:secret-REGISTRY_PASSWORD\"", call.Input);
        Assert.Contains("{\"project_name\":\"sample\",\"metadata\":{\"public\":\"false\"}}", call.Arguments);
        Assert.DoesNotContain(call.Arguments, argument => argument.Contains("secret-REGISTRY_PASSWORD", StringComparison.Ordinal));
        Assert.Equal(1, Kubelet.Run(Plan("paris").Only("kubernetes:batch/v1:Job", "registry-project"), "curl", answer: "401").ExitCode);
    }

    [Fact]
    public void Pods_pull_with_a_secret_that_waits_for_the_project()
    {
        var plan = Plan("paris");

        var pull = plan.Only("kubernetes:core/v1:Secret", "registry-pull");
        Assert.Equal("kubernetes.io/dockerconfigjson", pull.Input("type"));
        Assert.Contains(plan.Only("kubernetes:batch/v1:Job", "registry-project").Urn, pull.DependsOn);
        Assert.True(plan.Only("kubernetes:apps/v1:Deployment", "shop").RefersTo(pull));
    }

    [Fact]
    public void A_region_without_one_uses_the_nearest_in_its_jurisdiction() =>
        Assert.Equal("DE", Plan("warsaw").Only("ovh:CloudProject/containerRegistry:ContainerRegistry").Input("region"));

    [Fact]
    public void A_change_of_region_which_ovhcloud_accepts_and_ignores_shows_as_the_replacement_that_it_takes()
    {
        const string Registry = "ovh:CloudProject/containerRegistry:ContainerRegistry";

        Assert.True(Plan("paris").Only(Registry).Protect);
        Assert.Equal(["region", "serviceName"], RegisteredOptions.Of(Cloud.Ovh, Registry, Declare, Own)["registry"].ReplaceOnChanges);
    }

    [Fact]
    public void Where_none_is_near_images_must_name_theirs() =>
        Assert.Contains("shop", OvhPlans.OnlyError(Declare, place: "london", settings: Own), StringComparison.Ordinal);

    private static Plan Plan(string place) => OvhPlans.Good(Declare, place: place, settings: Own);

    private static StackSettings Own(StackSettings settings) =>
        settings with { Images = new Dictionary<string, string> { ["shop"] = $"shop@{TestSettings.Digest}" } };

    private static void Declare(Model model)
    {
        model.Add(new ContainerRegistry("registry"));
        model.Add(new ContainerService("shop", new() { Port = 8080 }));
    }
}

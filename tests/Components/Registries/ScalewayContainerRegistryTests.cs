using Infra.Components.Registries;
using Infra.Components.Services;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Registries;

public sealed class ScalewayContainerRegistryTests
{
    [Fact]
    public void The_cluster_pulls_with_a_key_that_may_do_nothing_else()
    {
        var plan = ScalewayPlans.Of(
            model =>
            {
                model.Add(new ContainerRegistry("registry"));
                model.Add(new ContainerService("shop", new() { Port = 8080 }));
            },
            settings: settings => settings with { Images = new Dictionary<string, string> { ["shop"] = $"shop@{TestSettings.Digest}" } });
        var secret = plan.Only("kubernetes:core/v1:Secret", "registry-pull");

        Assert.Equal(
            "[\"ContainerRegistryReadOnly\"]",
            plan.Only("scaleway:iam/policy:Policy", "registry-pull")
                .Input("rules[0].permissionSetNames")
                ?.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("kubernetes.io/dockerconfigjson", secret.Input("type"));
        Assert.True(plan.Only("kubernetes:core/v1:ServiceAccount", "shop").RefersTo(secret));
        Assert.True(plan.Only("kubernetes:apps/v1:Deployment", "shop").RefersTo(plan.Only("scaleway:registry/namespace:Namespace")));
        Assert.Equal("False", plan.Only("scaleway:registry/namespace:Namespace").Input("isPublic"), ignoreCase: true);
        Assert.True(plan.Only("scaleway:registry/namespace:Namespace").Protect);
    }
}

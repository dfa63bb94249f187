using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Databases;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Clouds;

public sealed class ValueProviderTests
{
    [Fact]
    public void All_clouds_of_a_stack_share_one_provider_of_random_values_and_one_of_certificates()
    {
        var plan = Plan(
            model =>
            {
                var orders = model.Add(new ManagedDatabase("orders", new() { Engine = DatabaseEngine.PostgreSql }));
                var sessions = model.Add(new Cache("sessions"));
                model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders).Writes(sessions);
            },
            new Dictionary<string, Cloud> { ["sessions"] = Cloud.Kubernetes });

        Assert.Equal("", plan.Errors());
        foreach (var package in new[] { "random", "tls" })
        {
            var provider = plan.Only($"pulumi:providers:{package}", package);
            var users = plan.Resources.Where(resource => resource.Package == package && !resource.IsProvider).ToList();
            Assert.NotEmpty(users);
            Assert.All(users, user => Assert.Equal(provider.Urn, user.Provider));
        }

        Assert.Equal(
            [Cloud.Aws, Cloud.Kubernetes],
            plan.Resources
                .Where(resource => resource.Package == "random" && !resource.IsProvider)
                .Select(resource => resource.Cloud!.Value)
                .Distinct()
                .Order());
    }

    [Fact]
    public void A_stack_that_needs_no_such_value_has_no_such_provider()
    {
        var plan = Plan(model => model.Add(new Bucket("photos")), new Dictionary<string, Cloud>());

        Assert.Equal(["aws"], plan.Resources.Where(resource => resource.IsProvider).Select(provider => provider.Name));
    }

    private static Plan Plan(Action<Model> declare, Dictionary<string, Cloud> placement)
    {
        var system = TestSystems.Declare(declare);
        return Rehearsal.Run(system, TestSettings.For(Cloud.Aws, system: system) with { Placement = placement });
    }
}

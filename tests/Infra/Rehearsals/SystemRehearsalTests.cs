using Infra.Components.Buckets;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Networks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Rehearsals;

public sealed class SystemRehearsalTests
{
    private static readonly SystemDeclaration Shop = TestSystems.Declare(model =>
    {
        var orders = model.Add(new ManagedDatabase("orders", new() { Engine = DatabaseEngine.PostgreSql }));
        var photos = model.Add(new Bucket("photos"));
        model.Add(new ContainerService("api", new() { Port = 8080 })).Writes(orders).Reads(photos);
    });

    [Fact]
    public void A_declared_system_is_planned_with_its_foundation_and_every_component()
    {
        var plan = Rehearsal.Run(Shop, TestSettings.For(Cloud.Aws, system: Shop));

        Assert.Equal("", plan.Errors());
        Assert.Equal("sample-production", plan.Stack);
        Assert.Equal(
            [ManagedDatabaseKind.Instance, BucketKind.Instance, ContainerServiceKind.Instance],
            new[] { "orders", "photos", "api" }.Select(name => plan.Component(name).Kind));
        Assert.Equal(PrivateNetworkKind.Instance, plan.Component("network").Kind);
        Assert.Equal(["orders", "photos", "api"], plan.Placement.Keys);
        Assert.All(plan.Resources.Where(resource => !resource.IsProvider), resource => Assert.NotNull(resource.Component));
    }

    [Fact]
    public void A_declared_system_registers_the_same_resources_when_outputs_are_unknown()
    {
        var settings = TestSettings.For(Cloud.Aws, EnvironmentKind.Preview, Shop);

        var plan = Rehearsal.Run(Shop, settings);
        var unknown = Rehearsal.RunUnknown(Shop, settings);

        Assert.Equal("", unknown.Findings.Errors());
        Assert.Equal(
            plan.Resources
                .Select(resource => resource.Urn)
                .Concat(plan.Components.Select(component => component.Urn))
                .Order(StringComparer.Ordinal),
            unknown.Urns.Order(StringComparer.Ordinal));
    }
}

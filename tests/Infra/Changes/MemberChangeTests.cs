using Infra.Changes;
using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Changes;

/// <summary>What a change of a set of members does to a production stack that is deployed.</summary>
public sealed class MemberChangeTests
{
    private static readonly ContainerServiceArgs Set = new()
    {
        Port = 9200,
        User = 1000,
        Scaling = new() { Members = 3 },
        Volumes = [new() { Path = "/data", SizeGiB = 20 }],
    };

    public static TheoryData<Cloud> Clouds => [Cloud.Scaleway, Cloud.Ovh, Cloud.Kubernetes];

    [Theory]
    [MemberData(nameof(Clouds))]
    public void More_members_join_those_that_are_there(Cloud cloud)
    {
        var changes = Between(cloud, Set, Set with { Scaling = new() { Members = 5 } });

        Assert.False(changes.Effect.IsUnsafe());
        Assert.Equal(2, changes.Components.SelectMany(component => component.Resources).Count(IsCreatedClaim));
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_member_goes_only_when_the_protection_of_its_files_was_lifted_on_purpose(Cloud cloud) =>
        Assert.Equal(Effect.Refused, Between(cloud, Set, Set with { Scaling = new() { Members = 1 } }).Effect);

    [Theory]
    [MemberData(nameof(Clouds))]
    public void Volumes_of_members_grow_in_place_and_do_not_shrink(Cloud cloud)
    {
        Assert.Equal(Effect.InPlace, Between(cloud, Set, Of(30)).Effect);
        Assert.Equal(Effect.Refused, Between(cloud, Set, Of(10)).Effect);

        static ContainerServiceArgs Of(int sizeGiB) => Set with { Volumes = [Set.Volumes[0] with { SizeGiB = sizeGiB }] };
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void Another_image_or_variable_leaves_the_files_where_they_are(Cloud cloud) => Assert.Equal(
        Effect.InPlace,
        Between(cloud, Set, Set with { Environment = new() { ["MODE"] = "full" } }).Effect);

    [Theory]
    [MemberData(nameof(Clouds))]
    public void Outside_production_a_members_files_go_with_it(Cloud cloud) => Assert.Equal(
        Effect.DataLost,
        Between(cloud, Set, Set with { Scaling = new() { Members = 1 } }, EnvironmentKind.Staging).Effect);

    private static bool IsCreatedClaim(ResourceChange change) =>
        change is { Operation: Operation.Create, Type: "kubernetes:core/v1:PersistentVolumeClaim" };

    private static PlanChanges Between(
        Cloud cloud,
        ContainerServiceArgs before,
        ContainerServiceArgs after,
        EnvironmentKind environment = EnvironmentKind.Production) =>
        Comparison.Of(PlanDocument.Of(Planned(cloud, before, environment)), PlanDocument.Of(Planned(cloud, after, environment)));

    private static Plan Planned(Cloud cloud, ContainerServiceArgs args, EnvironmentKind environment) =>
        Fixtures.Of(cloud).PlanWithoutErrors(model => model.Add(new ContainerService("search", args)), environment);
}

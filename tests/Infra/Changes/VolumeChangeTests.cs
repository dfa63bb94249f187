using Infra.Changes;
using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Changes;

/// <summary>What a change of a volume does to a production stack that is deployed.</summary>
public sealed class VolumeChangeTests
{
    private static readonly Volume Data = new() { Path = "/data", SizeGiB = 20 };

    public static TheoryData<Cloud> Clusters => [Cloud.Scaleway, Cloud.Ovh, Cloud.Kubernetes];

    public static TheoryData<Cloud> WithVolumes => [Cloud.Aws, Cloud.Scaleway, Cloud.Ovh, Cloud.Kubernetes];

    [Theory]
    [MemberData(nameof(Clusters))]
    public void A_disk_in_a_cluster_grows_in_place_and_does_not_shrink(Cloud cloud)
    {
        Assert.Equal(Effect.InPlace, Between(cloud, [Data], [Data with { SizeGiB = 30 }]));
        Assert.Equal(Effect.Refused, Between(cloud, [Data], [Data with { SizeGiB = 10 }]));
    }

    [Fact]
    public void A_volume_on_AWS_has_no_size_that_changes() =>
        Assert.Equal(Effect.Nothing, Between(Cloud.Aws, [Data], [Data with { SizeGiB = 30 }]));

    [Theory]
    [MemberData(nameof(WithVolumes))]
    public void Another_path_is_another_revision_of_the_service_alone(Cloud cloud)
    {
        var effect = Between(cloud, [Data], [Data with { Path = "/srv/data" }]);

        Assert.True(effect < Effect.DataLost, effect.ToString());
        Assert.NotEqual(Effect.Refused, effect);
    }

    [Theory]
    [MemberData(nameof(WithVolumes))]
    public void The_last_volume_does_not_go_by_mistake(Cloud cloud) => Assert.Equal(Effect.Refused, Between(cloud, [Data], []));

    [Theory]
    [MemberData(nameof(Clusters))]
    public void Another_name_is_another_disk_and_refused(Cloud cloud) =>
        Assert.Equal(Effect.Refused, Between(cloud, [Data], [Data with { Name = "other" }]));

    [Theory]
    [InlineData(Cloud.Scaleway)]
    [InlineData(Cloud.Ovh)]
    public void Another_speed_is_another_disk_and_refused(Cloud cloud) =>
        Assert.Equal(Effect.Refused, Between(cloud, [Data], [Data with { Speed = VolumeSpeed.Fast }]));

    [Theory]
    [MemberData(nameof(WithVolumes))]
    public void The_real_run_knows_of_volumes(Cloud cloud)
    {
        var known = Inventory.Compare(Inventory.Of(Planned(cloud, [Data])), Planned(cloud, []));

        Assert.Equal(Effect.Refused, known.Components.Single(component => component.Name == "shop").Effect);
    }

    [Theory]
    [MemberData(nameof(WithVolumes))]
    public void Outside_production_what_is_written_goes_with_the_volume(Cloud cloud) => Assert.Equal(
        Effect.DataLost,
        Comparison.Of(
            PlanDocument.Of(Planned(cloud, [Data], EnvironmentKind.Preview)),
            PlanDocument.Of(Planned(cloud, [], EnvironmentKind.Preview))).Effect);

    private static Effect Between(Cloud cloud, IReadOnlyList<Volume> before, IReadOnlyList<Volume> after) =>
        Comparison.Of(PlanDocument.Of(Planned(cloud, before)), PlanDocument.Of(Planned(cloud, after))).Effect;

    private static Plan Planned(
        Cloud cloud,
        IReadOnlyList<Volume> volumes,
        EnvironmentKind environment = EnvironmentKind.Production) => Fixtures.Of(cloud).PlanWithoutErrors(
            model => model.Add(new ContainerService("shop", new()
            {
                Port = 8080,
                User = 1000,
                Scaling = new() { AtMostOne = true },
                Volumes = volumes,
            })),
            environment);
}

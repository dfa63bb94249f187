using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

/// <summary>What every cloud with volumes promises of them.</summary>
public abstract class VolumeContract(CloudFixture cloud)
{
    private const string Path = "/var/lib/shop";

    /// <summary>The type of the resource that holds the files.</summary>
    protected abstract string Holder { get; }

    [Fact]
    public void A_container_finds_each_volume_at_its_path_and_may_write_to_it()
    {
        var plan = cloud.PlanWithoutErrors(model => Declare(model, [Files, new() { Name = "cache", Path = "/var/cache/shop" }]));

        Assert.Equal(["/var/cache/shop", Path], WritableOf(plan, "shop").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Files_and_volumes_stand_side_by_side()
    {
        var plan = cloud.PlanWithoutErrors(model =>
            Declare(model, [Files], args => args with { Files = new() { ["/etc/shop/shop.conf"] = "mode = full" } }));

        Assert.Equal(["/etc/shop/shop.conf"], cloud.FilesOf(plan, "shop").Keys);
        Assert.Equal([Path], WritableOf(plan, "shop"));
    }

    [Fact]
    public void What_is_written_is_protected_in_production_and_goes_with_everything_else_elsewhere()
    {
        Assert.True(cloud.PlanWithoutErrors(model => Declare(model, [Files])).Only(Holder).Protect);
        Assert.False(cloud.PlanWithoutErrors(model => Declare(model, [Files]), EnvironmentKind.Preview).Only(Holder).Protect);
    }

    [Fact]
    public void A_service_starts_when_its_volume_is_there()
    {
        var plan = cloud.PlanWithoutErrors(model => Declare(model, [Files]));

        Assert.True(plan.ComesAfter(cloud.StartOf(plan, "shop"), plan.Only(Holder)));
        Assert.True(cloud.StopsFirst(plan, "shop"));
    }

    [Fact]
    public void Neither_another_path_nor_another_size_nor_other_backups_take_another_volume() => Assert.All(
        new[] { Files with { Path = "/srv/shop" }, Files with { SizeGiB = 20 }, Files with { BackupDays = 35 } },
        other => Assert.DoesNotContain(
            Replacements.Of(cloud.Cloud, model => Declare(model, [Files]), model => Declare(model, [other])),
            replacement => replacement.Resource.Type == Holder));

    [Fact]
    public void A_service_without_volumes_has_none()
    {
        var plan = cloud.PlanWithoutErrors(model => Declare(model, []));

        Assert.Empty(plan.OfType(Holder));
        Assert.Empty(WritableOf(plan, "shop"));
    }

    [Fact]
    public void A_volume_is_backed_up_or_the_plan_says_that_nobody_does()
    {
        var (kept, not) = (Plan(14), Plan(0));
        Assert.NotEqual(IsBackedUp(kept), kept.Findings.Any(finding => finding.Rule.Id == "volume-backup"));
        Assert.False(IsBackedUp(not) || not.Findings.Any(finding => finding.Rule.Id == "volume-backup"));

        Plan Plan(int days) => cloud.PlanWithoutErrors(model => Declare(model, [Files with { BackupDays = days }]));
    }

    /// <summary>Whether volumes are backed up.</summary>
    protected abstract bool IsBackedUp(Plan plan);

    /// <summary>The paths of the volumes to which a container may write.</summary>
    protected abstract IEnumerable<string> WritableOf(Plan plan, string service);

    private static Volume Files { get; } = new() { Name = "files", Path = Path };

    private static ContainerService Declare(
        Model model,
        IReadOnlyList<Volume> volumes,
        Func<ContainerServiceArgs, ContainerServiceArgs>? change = null)
    {
        var args = new ContainerServiceArgs { Port = 8080, User = 1000, Scaling = new() { AtMostOne = true }, Volumes = volumes };
        return model.Add(new ContainerService("shop", change is null ? args : change(args)));
    }
}

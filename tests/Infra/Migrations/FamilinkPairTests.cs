using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Stacks;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Migrations;

/// <summary>Familink goes from every cloud to every other one, everything of it in each step at once.</summary>
public sealed class FamilinkPairTests
{
    private static readonly Familink System = new();

    /// <summary>The ordered pairs of clouds.</summary>
    public static TheoryData<Cloud, Cloud> Pairs
    {
        get
        {
            var pairs = new TheoryData<Cloud, Cloud>();
            foreach (var one in CloudNames.All)
            {
                foreach (var other in CloudNames.All.Where(other => other != one)) pairs.Add(one, other);
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_step_keeps_every_promise(Cloud from, Cloud to)
    {
        var walk = new MigrationWalk(System, Settings(from, to), to);
        var last = walk.Planned(Settings(from, to));
        Assert.Equal("", last.Plan.Errors());
        foreach (var step in walk.StepsAtOnce())
        {
            Assert.Equal("", step.After.Plan.Errors());
            MigrationPromises.Check(step, System);
            MigrationPromises.CheckUndo(step);
            last = step.After;
        }

        MigrationPromises.CheckFinish(last.Plan, walk.Planned(walk.Finished()).Plan);
    }

    // What a cloud lacks for Familink is accepted where it stands there alone, too.
    private static StackSettings Settings(Cloud from, Cloud to)
    {
        var settings = RepositoryStacks.Settings("familink-production", from);
        return settings with
        {
            Accounts = TestSettings.For(from).Accounts,
            Waivers = [.. settings.Waivers, .. RepositoryStacks.Settings("familink-production", to).Waivers],
        };
    }
}

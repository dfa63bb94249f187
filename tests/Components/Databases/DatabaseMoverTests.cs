using Infra.Components.Clouds;
using Infra.Components.Databases;
using Infra.Components.Jobs;
using Infra.Components.Services;
using Infra.Components.Systems;
using Xunit;

namespace Infra.Tests.Databases;

/// <summary>What carries the rows of a database of PostgreSQL, in which state of its migration.</summary>
public sealed class DatabaseMoverTests
{
    private static readonly ManagedDatabase Orders = new("orders");
    private static readonly ManagedDatabase Followed = new("orders", new() { Followable = true });

    [Fact]
    public void A_dump_is_the_usual_way_between_any_two_clouds_and_the_only_one_where_nothing_is_said()
    {
        foreach (var (from, to) in Pairs())
        {
            Assert.Equal(["dump"], WaysOf(Orders, from, to));
            Assert.Equal("dump", WaysOf(Followed, from, to)[0]);
        }
    }

    [Fact]
    public void Whoever_can_be_followed_on_both_clouds_may_be_and_it_is_known_why_not()
    {
        foreach (var (from, to) in Pairs())
        {
            var reasons = new[] { from, to }.Select(cloud => PostgreSqlMover.WhyNotFollowed(Followed.Args, cloud)).OfType<string>();
            Assert.Equal(from != Cloud.Ovh && to != Cloud.Ovh, WaysOf(Followed, from, to).Contains("replicate"));
            Assert.Equal(from != Cloud.Ovh && to != Cloud.Ovh, !reasons.Any());
        }

        Assert.DoesNotContain("replicate", WaysOf(OfVersion("16"), Cloud.Aws, Cloud.Scaleway));
        Assert.Contains("replicate", WaysOf(OfVersion("16"), Cloud.Aws, Cloud.Kubernetes));
        Assert.DoesNotContain("replicate", WaysOf(OfVersion("15"), Cloud.Aws, Cloud.Kubernetes));
        Assert.Contains("replicate", WaysOf(OfVersion("15"), Cloud.Aws, Cloud.Gcp));

        static ManagedDatabase OfVersion(string version) => new("orders", new() { Followable = true, Version = version });
    }

    [Theory]
    [InlineData("dump", MigrationState.Migrated, "orders-rehearse")]
    [InlineData("dump", MigrationState.Paused, "orders-move")]
    [InlineData("dump", MigrationState.Activated)]
    [InlineData("dump", MigrationState.Released)]
    [InlineData("replicate", MigrationState.Migrated, "orders-follow")]
    [InlineData("replicate", MigrationState.Paused, "orders-meet", "orders-return")]
    [InlineData("replicate", MigrationState.Activated, "orders-return")]
    [InlineData("replicate", MigrationState.Released, "orders-part")]
    [InlineData("replicate", MigrationState.Retired)]
    public void Each_state_has_the_movers_that_it_needs(string way, MigrationState state, params string[] names) =>
        Assert.Equal(names, Movers(way, state).Select(mover => mover.Consumer.Name));

    [Fact]
    public void What_ends_holds_an_update_up_and_what_does_not_runs_once_at_a_time()
    {
        foreach (var mover in Every())
        {
            if (mover.Consumer is Job job)
            {
                Assert.Contains(job.Name, new[] { "orders-move", "orders-meet", "orders-part" });
                continue;
            }

            var worker = Assert.IsType<ContainerService>(mover.Consumer, exactMatch: false);
            Assert.True(worker.Args.Scaling.AtMostOne);
            Assert.Null(worker.Args.Port);
        }
    }

    [Fact]
    public void Each_reads_one_copy_and_writes_the_other_in_an_image_that_is_pinned()
    {
        foreach (var mover in Every())
        {
            Assert.Equal(
                [("SOURCE", Intent.Read), ("TARGET", Intent.Write)],
                mover.Consumer.Links.Select(link => (link.Prefix, link.Intent)));
            Assert.All(mover.Consumer.Links, link => Assert.Same(((IMover)mover.Consumer).Moved, link.Target));
            Assert.Equal([PinnedImage.PostgreSql.On(Cloud.Scaleway)], mover.Images.Values);
            Assert.Equal("2100", mover.Consumer.Container.Environment[DatabaseMover.QuietSeconds].Literal);
            Assert.Equal(mover.Consumer.Name == "orders-return", ((IMover)mover.Consumer).Returns);
        }
    }

    [Fact]
    public void Only_while_the_new_copy_serves_is_something_carried_back_from_it()
    {
        Assert.Equal(["no", "yes"], new[] { MigrationState.Paused, MigrationState.Activated }
            .Select(state => Movers("replicate", state)[^1].Consumer.Container.Environment[PostgreSqlReplication.Serves].Literal));
    }

    private static IReadOnlyList<string> WaysOf(ManagedDatabase database, Cloud from, Cloud to) =>
        [.. database.Kind.WaysToMove(database, from, to).Select(way => way.Name)];

    private static IEnumerable<(Cloud From, Cloud To)> Pairs() =>
        from one in CloudNames.All from other in CloudNames.All where one != other select (one, other);

    private static IReadOnlyList<Implied> Every() =>
    [
        .. from way in new[] { "dump", "replicate" }
           from state in Enum.GetValues<MigrationState>()
           from mover in Movers(way, state)
           select mover,
    ];

    private static IReadOnlyList<Implied> Movers(string way, MigrationState state)
    {
        var chosen = Followed.Kind.WaysToMove(Followed, Cloud.Aws, Cloud.Scaleway).Single(known => known.Name == way);
        return [.. Followed.Kind.Moves(new(Followed, state, Cloud.Aws, Cloud.Scaleway, chosen, new()) { QuietSeconds = 2100 })];
    }
}

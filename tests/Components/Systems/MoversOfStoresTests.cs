using Infra.Components.Caches;
using Infra.Components.Databases;
using Infra.Components.Queues;
using Infra.Components.Systems;
using Xunit;

namespace Infra.Tests.Systems;

/// <summary>Which ways there are for what stores hold, and who carries it in which state.</summary>
public sealed class MoversOfStoresTests
{
    private static readonly ManagedDatabase Orders = new("orders", new() { Engine = DatabaseEngine.MySql });
    private static readonly Cache Sessions = new("sessions", new() { Eviction = Eviction.None });
    private static readonly Queue Prints = new("prints", new() { VisibilitySeconds = 60 });

    [Fact]
    public void MySQL_is_rehearsed_then_moved_while_nobody_writes()
    {
        Assert.Equal(["dump"], Names(Orders));
        Assert.Equal("orders-rehearse", Only(Orders, "dump", MigrationState.Migrated).Consumer.Name);
        Assert.Equal("orders-move", Only(Orders, "dump", MigrationState.Paused).Consumer.Name);
        Assert.Empty(Moved(Orders, "dump", MigrationState.Activated));
        Assert.All(Orders.Kind.WaysToMove(Orders, Cloud.Aws, Cloud.Scaleway), way => Assert.True(way is { Pauses: true, Returns: false }));
    }

    [Fact]
    public void A_cache_that_may_forget_starts_empty_and_one_that_may_not_is_copied()
    {
        Assert.Equal(["cold", "copy"], Names(new Cache("pages")));
        Assert.Equal(["copy", "cold"], Names(Sessions));
        Assert.Empty(Moved(Sessions, "cold", MigrationState.Migrated));

        var job = Only(Sessions, "copy", MigrationState.Paused);
        Assert.Equal(
            [(Intent.Read, "SOURCE"), (Intent.Write, "TARGET")],
            job.Consumer.Links.Select(link => (link.Intent, link.Prefix)));
        Assert.Same(Sessions, ((IMover)job.Consumer).Moved);
        Assert.All(job.Images.Values, image => Assert.Contains("python@sha256:", image, StringComparison.Ordinal));
    }

    [Fact]
    public void A_queue_is_released_by_a_job_that_watches_for_as_long_as_a_message_may_be_out_of_sight()
    {
        Assert.Equal(["drain"], Names(Prints));
        foreach (var state in Enum.GetValues<MigrationState>().Where(state => state != MigrationState.Released))
            Assert.Empty(Moved(Prints, "drain", state));

        var job = Only(Prints, "drain", MigrationState.Released).Consumer;
        Assert.Equal([(Intent.Consume, "SOURCE")], job.Links.Select(link => (link.Intent, link.Prefix)));
        Assert.Equal("660", job.Container.Environment[QueueMover.WatchedSeconds].Literal);
    }

    private static IEnumerable<string> Names(Component component) =>
        component.Kind.WaysToMove(component, Cloud.Aws, Cloud.Scaleway).Select(way => way.Name);

    private static Implied Only(Component component, string way, MigrationState state) => Assert.Single(Moved(component, way, state));

    private static IEnumerable<Implied> Moved(Component component, string way, MigrationState state) => component.Kind.Moves(new(
        component,
        state,
        Cloud.Aws,
        Cloud.Scaleway,
        component.Kind.WaysToMove(component, Cloud.Aws, Cloud.Scaleway).Single(other => other.Name == way),
        null!) { QuietSeconds = 30 });
}

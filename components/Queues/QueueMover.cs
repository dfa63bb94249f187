using Infra.Components.Clouds;
using Infra.Components.Jobs;
using Infra.Components.Systems;

namespace Infra.Components.Queues;

/// <summary>
/// What becomes of the messages of a queue that goes to another cloud: they stay where they are, and are worked off there by the consumers
/// that are kept with it. A job that nobody declares lets the old copy go only once nothing is left in it.
/// </summary>
internal static class QueueMover
{
    /// <summary>The prefix of the copy that is left.</summary>
    public const string Source = "SOURCE";

    /// <summary>The variable that holds for how many seconds nothing must be seen in the old copy.</summary>
    public const string WatchedSeconds = "WATCHED_SECONDS";

    /// <summary>The old copy is worked off.</summary>
    public static readonly MoveWay Drain = new(
        "drain",
        "From its activation on, whoever sends does so to the new copy; the old one's consumers go on until they have worked it off, and "
        + "it is released only when nothing is left in it. For a while, messages come from both, in no order. Dead letters stay in the old "
        + "copy: look at them before it is retired.");

    /// <summary>The ways of a queue.</summary>
    public static IReadOnlyList<MoveWay> Ways { get; } = [Drain];

    // Nobody's in the image, which needs none.
    private const int User = 1000;

    // For as long, Pub/Sub lets a message rest that was not finished (its retry policy).
    private const int LongestRestSeconds = 600;

    // The longest that every cloud lets a job run is a quarter of an hour.
    private const int LongestWatch = 780;

    // The longest name of a component.
    private const int LongestName = 40;

    /// <summary>What lets the old copy go.</summary>
    /// <param name="move">The queue on its way.</param>
    public static IEnumerable<Implied> Of(Move move)
    {
        if (move.State != MigrationState.Released) return [];
        var watched = Math.Min(((Queue)move.Component).Args.VisibilitySeconds + LongestRestSeconds, LongestWatch);
        var job = new QueueEmptyJob(ShortName.Of($"{move.Component.Name}-empty", LongestName), move.Component, new()
        {
            Size = Size.Nano,
            TimeoutMinutes = 14,
            Retries = 0,
            User = User,
            EntryPoint = QueueEmptiness.Command,
            Environment = new() { [WatchedSeconds] = $"{watched}" },
            DataClass = move.Component.Arguments.DataClass,
        });
        job.Consumes(move.Component, Source);
        return [new(job, new Dictionary<string, string> { [job.Name] = PinnedImage.Python.On(move.To) })];
    }
}

/// <summary>Fails where there are messages in the old copy of a queue.</summary>
internal sealed class QueueEmptyJob(string name, Component moved, JobArgs args) : Job(name, args), IMover
{
    /// <inheritdoc/>
    public Component Moved => moved;
}

using Infra.Components.Clouds;
using Pulumi;

namespace Infra.Components.Queues;

/// <summary>A queue built on a cloud.</summary>
internal abstract class PlacedQueue(PlacedComponentArgs placement) : PlacedComponent(placement), IQueue
{
    /// <summary>
    /// For how many seconds a message rests at first after it was not finished: a consumer that fails at once must not use up all
    /// deliveries at once.
    /// </summary>
    protected const int RestSeconds = 10;

    /// <summary>For how many seconds it rests at most (Pub/Sub: retry policy).</summary>
    protected const int LongestRestSeconds = 600;

    /// <summary>The seconds of a day.</summary>
    protected const int Day = 24 * 60 * 60;

    /// <inheritdoc/>
    [Output]
    public Output<string> QueueName { get; protected set; } = null!;

    /// <inheritdoc/>
    [Output]
    public Output<string> DeadLetterName { get; protected set; } = null!;

    /// <inheritdoc/>
    [Output]
    public Output<string> Endpoint { get; protected set; } = null!;
}

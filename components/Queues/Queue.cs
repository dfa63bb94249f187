using Infra.Components.Checks;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Queues;

/// <summary>
/// A queue of work: every message is given to one consumer at a time, comes back until somebody finishes it, and is put aside with the
/// dead letters when nobody can. Messages come at least once and in no promised order. The protocol is the cloud's choice.
/// </summary>
public sealed class Queue(string name, QueueArgs? args = null) : Component<QueueArgs>(name, args ?? new())
{
    /// <inheritdoc/>
    public override ComponentKind Kind => QueueKind.Instance;
}

/// <summary>The arguments of a queue. Ranges are what every cloud can keep; a message may have 256 KiB.</summary>
public sealed record QueueArgs : Arguments
{
    /// <summary>
    /// The largest message that every cloud takes, in KiB (Scaleway documentation: Queues; Pub/Sub and RabbitMQ would take more).
    /// </summary>
    public const int LargestMessageKiB = 256;

    /// <summary>
    /// For how many seconds a message is hidden from others while a consumer works on it, 10 to 600 (Pub/Sub's acknowledgement deadline).
    /// Default: 30.
    /// </summary>
    public int VisibilitySeconds { get; init; } = 30;

    /// <summary>
    /// After how many days a message that nobody finished is deleted, 1 to 13: SQS deletes everything after 14, dead letters included.
    /// Default: 4.
    /// </summary>
    public int RetentionDays { get; init; } = 4;

    /// <summary>
    /// After how many deliveries that failed a message is a dead letter, 5 to 100 (Pub/Sub: dead letter topics). Default: 5.
    /// </summary>
    public int MaximumDeliveries { get; init; } = 5;

    /// <summary>
    /// After how many days a dead letter is deleted, more than <see cref="RetentionDays"/> and at most 14: SQS counts from the day when
    /// the message was sent, so with less it would be gone before anybody sees it. Default: 14.
    /// </summary>
    public int DeadLetterRetentionDays { get; init; } = 14;

    /// <summary>
    /// Whether it survives the loss of a machine, where that is not a matter of course. Default: true; outside production never.
    /// </summary>
    public bool HighAvailability { get; init; } = true;

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        new("retention", Decision.Counted(RetentionDays, "days")),
        new("dead letters", $"after {MaximumDeliveries} deliveries, for {Decision.Counted(DeadLetterRetentionDays, "days")}"),
        Decision.Promise("high availability", HighAvailability),
    ];

    /// <inheritdoc/>
    public override Arguments For(EnvironmentProfile profile) =>
        this with { HighAvailability = HighAvailability && profile.HighAvailability };

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        guard.InRange(nameof(VisibilitySeconds), VisibilitySeconds, 10, 600, "seconds");
        guard.InRange(nameof(RetentionDays), RetentionDays, 1, 13, "days");
        guard.InRange(nameof(MaximumDeliveries), MaximumDeliveries, 5, 100, "deliveries");
        guard.Require(
            DeadLetterRetentionDays > RetentionDays && DeadLetterRetentionDays <= 14,
            nameof(DeadLetterRetentionDays),
            DeadLetterRetentionDays,
            $"more than RetentionDays, which is {RetentionDays}, and at most 14 days");
    }
}

/// <summary>What every cloud gives for a queue.</summary>
public interface IQueue
{
    /// <summary>The queue's name, by which the cloud's own tools know it.</summary>
    Output<string> QueueName { get; }

    /// <summary>The name under which its dead letters are read.</summary>
    Output<string> DeadLetterName { get; }

    /// <summary>The url of the API that serves it.</summary>
    Output<string> Endpoint { get; }
}

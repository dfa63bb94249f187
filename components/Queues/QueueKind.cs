using Infra.Components.Systems;

namespace Infra.Components.Queues;

/// <summary>A queue of work with dead letters.</summary>
public sealed class QueueKind : ComponentKind
{
    private QueueKind()
        : base("Queue", BuildStage.Store)
    {
    }

    /// <summary>The kind.</summary>
    public static QueueKind Instance { get; } = new();

    /// <inheritdoc/>
    public override string? Lasts => "the messages";

    /// <inheritdoc/>
    public override IReadOnlyList<ConnectionKey> ConnectionKeys { get; } =
    [
        new("PROTOCOL", "`sqs`, `pubsub` or `amqp` (0-9-1): what the client must speak. It says which of the others have a value.")
        {
            Words = ["sqs", "pubsub", "amqp"],
        },
        new("ENDPOINT", "The url of the API: `ServiceURL` of a client for SQS. With `amqp`, `amqps://…` without login and queue."),
        new("HOST", "Its host name."),
        new("PORT", "Its port."),
        new("CA", "With `amqp`, the certificates that sign the server's, as PEM; empty where a public authority does."),
        new("TLS_MODE", "`verify-full`, or `require` where the name that the client connects to is not the server's: through a relay.")
        {
            Words = ["verify-full", "require"],
        },
        new("REGION", "With `sqs`, the region to sign for; with `pubsub`, where messages are kept."),
        new(
            "NAME",
            "With `sqs`, the queue's name. With `pubsub`, `projects/…/topics/…` for whoever sends and `projects/…/subscriptions/…` for "
            + "whoever receives. With `amqp`, the queue's name and that of the exchange that leads to it: whoever sends does so to the "
            + "exchange, with any routing key."),
        new(
            "URL",
            "With `sqs`, the url by which every call names the queue; with `pubsub`, that of `NAME`; "
            + "with `amqp`, that of the virtual host."),
        new(
            "CREDENTIALS",
            "`identity`, `keys`, `json` or `login`: whether the consumer's identity gives access, or which of what follows does.")
        {
            Words = ["identity", "keys", "json", "login"],
        },
        new("ACCESS_KEY_ID", "With `keys`, the consumer's access key."),
        new("SECRET_ACCESS_KEY", "With `keys`, the secret of that key.", IsSecret: true),
        new("USERNAME", "With `login`, the consumer's own login."),
        new("PASSWORD", "With `login`, its password: letters and digits only.", IsSecret: true),
        new(
            "CREDENTIALS_JSON",
            "With `json`, the key of the consumer's service account, as the text that client libraries read from a file.",
            IsSecret: true),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Intent> IntentsOn(Component component) => [Intent.Publish, Intent.Consume];

    /// <inheritdoc/>
    internal override IReadOnlyList<MoveWay> WaysToMove(Component component, Cloud from, Cloud to) => QueueMover.Ways;

    /// <inheritdoc/>
    internal override IEnumerable<Implied> Moves(Move move) => QueueMover.Of(move);

    /// <inheritdoc/>
    public override Reach ReachOf(Component component) => Reach.Relay;
}

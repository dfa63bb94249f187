using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Streams;

/// <summary>A log of events, of Apache Kafka's protocol.</summary>
public sealed class EventStreamKind : ComponentKind
{
    private static readonly Rule Topics =
        Rule.Error("event-stream-topics", "What publishes to an event stream, or consumes of it, finds a topic there");

    private EventStreamKind()
        : base("EventStream", BuildStage.Store)
    {
    }

    /// <summary>The kind.</summary>
    public static EventStreamKind Instance { get; } = new();

    /// <inheritdoc/>
    public override string? Lasts => "the records";

    /// <inheritdoc/>
    public override IReadOnlyList<ConnectionKey> ConnectionKeys { get; } =
    [
        new("BOOTSTRAP_SERVERS", "Where the client begins: host names with their ports, separated by commas."),
        new("SECURITY_PROTOCOL", "`SASL_SSL`: a login, over TLS. Clients verify the servers' authority and their names.")
        {
            Words = [EventStreamConnection.SecurityProtocol],
        },
        new("SASL_MECHANISM", "How the client logs in: `SCRAM-SHA-512`, or `PLAIN`, where TLS alone hides the password on its way.")
        {
            Words = [EventStreamConnection.Scram, EventStreamConnection.PlainLogin],
        },
        new("USERNAME", "The consumer's own login."),
        new("PASSWORD", "Its password: letters, digits, `+`, `/` and `=` only.", IsSecret: true),
        new("SASL_JAAS_CONFIG", "Login and password as clients in Java want them: `sasl.jaas.config`.", IsSecret: true),
        new("CA", "The certificates that sign the servers', as PEM; empty where a public authority does."),
        new("GROUP", "The consumer group that is the consumer's own: `group.id`. So are those whose names begin with it and a dot."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Intent> IntentsOn(Component component) => [Intent.Publish, Intent.Consume, Intent.Connect];

    /// <summary>
    /// A mirror would have to reach both, and no client reaches a stream on another cloud: see <see cref="ReachOf"/>.
    /// </summary>
    internal override IReadOnlyList<MoveWay> WaysToMove(Component component, Cloud from, Cloud to) =>
    [
        new(
            "drain",
            "The new stream starts empty. While nobody publishes, its consumers read the old one to its end, which nobody checks: their "
            + "lag says it. Then they go over together with those who publish, and begin there at the beginning. Older records stay in the "
            + "old "
            + "stream until it is retired.")
        {
            Pauses = true,
        },
    ];

    /// <summary>
    /// Not at all: each server tells clients an address of its own, which is none of a relay's.
    /// </summary>
    public override Reach ReachOf(Component component) => Reach.None;

    /// <inheritdoc/>
    public override void Check(Model model, Findings findings)
    {
        foreach (var stream in model.Components.OfType<EventStream>().Where(stream => stream.Args.Topics.Count == 0))
        {
            foreach (var link in model.Links.Where(link => link.Target == stream && link.Intent != Intent.Connect))
            {
                findings.Report(
                    Topics,
                    link.Consumer.Name,
                    $"It publishes to '{stream.Name}' or consumes of it, whose Topics are none; allowed: links to streams with at least "
                    + $"one topic. Declare the topics of '{stream.Name}', or link with Calls, by which a consumer may make its own.");
            }
        }
    }
}

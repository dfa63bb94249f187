using Infra.Components.Systems;

namespace Infra.Components.Streams;

/// <summary>What Kafka's access control lists speak of.</summary>
internal enum StreamResource
{
    /// <summary>A topic.</summary>
    Topic,

    /// <summary>A group of consumers that share the work.</summary>
    Group,

    /// <summary>The name under which a producer's transactions go on after a restart.</summary>
    TransactionalId,
}

/// <summary>One entry of Kafka's access control lists: what a login may do with something.</summary>
/// <param name="Resource">What of.</param>
/// <param name="Name">Its name; a star for all.</param>
/// <param name="IsPrefix">Whether all are meant whose names begin so.</param>
/// <param name="Operations">What it may do, in Kafka's words: <c>Read</c>, <c>Write</c>, <c>Describe</c>, <c>All</c>.</param>
internal sealed record StreamRight(StreamResource Resource, string Name, bool IsPrefix, params IReadOnlyList<string> Operations);

/// <summary>
/// What a consumer's login may do in an event stream, the same on every cloud (Apache Kafka documentation: authorization and ACLs). Servers
/// of Kafka 3.0 and newer take writing to a topic as the right to do so idempotently.
/// </summary>
internal static class StreamRights
{
    private const string Everything = "*";

    /// <summary>The rights of a consumer.</summary>
    /// <param name="consumer">The consumer's declared name, after which its group and its transactions are called.</param>
    /// <param name="intent">
    /// Publish: writes to the declared topics, in transactions of its own too. Consume: reads the declared topics, in groups of its own and
    /// the declared ones. Connect: does whatever it likes with topics, groups and transactions, those that it makes itself included.
    /// </param>
    /// <param name="args">The stream's arguments.</param>
    public static IReadOnlyList<StreamRight> Of(string consumer, Intent intent, EventStreamArgs args) => intent switch
    {
        Intent.Publish =>
        [
            .. args.Topics.Select(topic => new StreamRight(StreamResource.Topic, topic.Name, IsPrefix: false, "Describe", "Write")),
            .. Own(StreamResource.TransactionalId, consumer, "Describe", "Write"),
        ],
        Intent.Consume =>
        [
            .. args.Topics.Select(topic => new StreamRight(StreamResource.Topic, topic.Name, IsPrefix: false, "Describe", "Read")),
            .. Own(StreamResource.Group, consumer, "Describe", "Read"),
            .. args.Groups.Where(group => group != consumer)
                .Select(group => new StreamRight(StreamResource.Group, group, IsPrefix: false, "Describe", "Read")),
        ],
        Intent.Connect =>
        [
            new(StreamResource.Topic, Everything, IsPrefix: false, "All"),
            new(StreamResource.Group, Everything, IsPrefix: false, "All"),
            new(StreamResource.TransactionalId, Everything, IsPrefix: false, "All"),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(intent), intent, "no intent of an event stream"),
    };

    // Names of components have no dots: nobody's group begins with another's name and a dot.
    private static IEnumerable<StreamRight> Own(StreamResource resource, string consumer, params IReadOnlyList<string> operations) =>
    [
        new(resource, consumer, IsPrefix: false, operations),
        new(resource, $"{consumer}.", IsPrefix: true, operations),
    ];
}

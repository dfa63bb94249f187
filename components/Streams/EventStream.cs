using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Streams;

/// <summary>
/// A log of events that many consumers read at their own pace: servers of Apache Kafka's protocol over TLS, with the topics that the system
/// declares and a login for each consumer. Clients need to be of Kafka 2.1 or newer; the servers' version is the cloud's.
/// </summary>
public sealed class EventStream(string name, EventStreamArgs? args = null) : Component<EventStreamArgs>(name, args ?? new())
{
    /// <inheritdoc/>
    public override ComponentKind Kind => EventStreamKind.Instance;
}

/// <summary>A topic of an event stream: records of one sort, in the order of their arrival within each partition.</summary>
public sealed record StreamTopic
{
    /// <summary>
    /// Its name: 1 to 249 letters, digits, dots, hyphens and underscores, as Kafka allows. Under another one there is another topic, which
    /// is empty. Default: none, it must be given.
    /// </summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// Into how many partitions it is divided, 1 to 200; so many members of a group share the work at most. It can be raised, never
    /// lowered; records of a key go to another partition afterwards. Default: 6.
    /// </summary>
    public int Partitions { get; init; } = 6;

    /// <summary>
    /// After how many days a record is deleted, 1 to 3650; of a compacted topic, after how many days the marker of a deleted key is.
    /// Default: 7.
    /// </summary>
    public int RetentionDays { get; init; } = 7;

    /// <summary>
    /// Whether the newest record of each key is kept for good, and those before it go; a record without a key is refused then. Otherwise
    /// every record goes after <see cref="RetentionDays"/>. Default: false.
    /// </summary>
    public bool Compacted { get; init; }

    /// <summary>
    /// What Kafka is told of it, by Kafka's own names: numbers in milliseconds. The same on every cloud.
    /// </summary>
    internal IReadOnlyList<(string Name, string Value)> Configuration
    {
        get
        {
            var milliseconds = ((long)TimeSpan.FromDays(RetentionDays).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            return Compacted
                ? [("cleanup.policy", "compact"), ("delete.retention.ms", milliseconds)]
                : [("cleanup.policy", "delete"), ("retention.ms", milliseconds)];
        }
    }
}

/// <summary>The arguments of an event stream.</summary>
public sealed partial record EventStreamArgs : Arguments
{
    /// <summary>
    /// The promised vCPU and memory of each server: nano 0.5 vCPU and 2 GiB, small 1 and 4, medium 2 and 8, large 4 and 16, x-large 8 and
    /// 32, xx-large 16 and 64. Default: small.
    /// </summary>
    public Size Size { get; init; } = Size.Small;

    /// <summary>
    /// The size of each server's volume in GiB, 10 to 10240, which holds what the topics' days of retention need. It can be raised, never
    /// lowered. Default: 50.
    /// </summary>
    public int StorageGiB { get; init; } = 50;

    /// <summary>
    /// Whether three servers keep every record, and a write is done when two of them have it, so that nothing is lost with one; otherwise
    /// there is one copy. It stays as the stream was made. Default: true; outside production never.
    /// </summary>
    public bool HighAvailability { get; init; } = true;

    /// <summary>
    /// The topics. No other comes to be by being written to; consumers with <c>Calls</c> may make their own. Default: none.
    /// </summary>
    public IReadOnlyList<StreamTopic> Topics { get; init; } = [];

    /// <summary>
    /// The names of consumer groups that every consumer may join beside its own, which is called after the consumer: those of images that
    /// choose theirs, of 1 to 249 letters, digits, dots, hyphens and underscores. Default: none.
    /// </summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>How many copies of each record there are.</summary>
    internal int Copies => HighAvailability ? 3 : 1;

    /// <summary>How many of them must be written before a write is done.</summary>
    internal int WrittenCopies => HighAvailability ? 2 : 1;

    /// <summary>What each size promises.</summary>
    public static Capacity Promise(Size size) => size switch
    {
        Size.Nano => new(0.5, 2),
        Size.Small => new(1, 4),
        Size.Medium => new(2, 8),
        Size.Large => new(4, 16),
        Size.XLarge => new(8, 32),
        Size.XXLarge => new(16, 64),
        _ => throw new ArgumentOutOfRangeException(nameof(size), size, "not a size"),
    };

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        Decision.Of(Size),
        new("storage", string.Create(CultureInfo.InvariantCulture, $"{StorageGiB} GiB")),
        new("topics", Decision.Counted(Topics.Count, "topics")),
        Decision.Promise("high availability", HighAvailability),
    ];

    /// <inheritdoc/>
    public override Arguments For(EnvironmentProfile profile) => this with
    {
        Size = profile.Limit(Size),
        StorageGiB = Math.Min(StorageGiB, profile.MaximumStorageGiB),
        HighAvailability = HighAvailability && profile.HighAvailability,
    };

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        guard.InRange(nameof(StorageGiB), StorageGiB, 10, 10240, "GiB");
        foreach (var topic in Topics)
        {
            guard.Matches("Topics.Name", topic.Name, TopicName(), NameWords + "; not '.' or '..', and no two underscores at the beginning");
            guard.InRange($"Topics.Partitions of '{topic.Name}'", topic.Partitions, 1, 200, "partitions");
            guard.InRange($"Topics.RetentionDays of '{topic.Name}'", topic.RetentionDays, 1, 3650, "days");
        }

        // Kafka refuses such a topic: the names of its figures would be the same.
        foreach (var alike in Topics.GroupBy(topic => topic.Name.Replace('.', '_')).Where(alike => alike.Count() > 1))
        {
            guard.Refuse(
                "Topics.Name",
                string.Join(", ", alike.Select(topic => $"'{topic.Name}'")),
                "names that differ in more than dots and underscores",
                "Rename one of them");
        }

        foreach (var group in Groups) guard.Matches(nameof(Groups), group, GroupName(), NameWords);
        guard.Require(
            Groups.Distinct().Count() == Groups.Count, nameof(Groups), string.Join(", ", Groups), "each group once", "Remove one of them");
    }

    private const string NameWords = "1 to 249 letters, digits, dots, hyphens and underscores";

    [GeneratedRegex(@"\A(?!\.{1,2}\z)(?!__)[A-Za-z0-9._-]{1,249}\z")]
    private static partial Regex TopicName();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,249}\z")]
    private static partial Regex GroupName();
}

/// <summary>What every cloud gives for an event stream.</summary>
public interface IEventStream
{
    /// <summary>Where clients begin: private host names with their ports, separated by commas.</summary>
    Output<string> BootstrapServers { get; }
}

using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks;
using Infra.Components.Networks.Gcp;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Streams.Gcp;

/// <summary>Event streams on Google Cloud.</summary>
internal sealed class GcpEventStreams()
    : Provision<EventStream, GcpContext>(EventStreamKind.Instance, new(Backing.Native, "Managed Service for Apache Kafka")), IUsesApis
{
    private static readonly Rule KeysAllowed = Rule.Info(
        "gcp-event-stream-keys",
        "Consumers use an event stream on Google Cloud without a key that could leak");

    private static readonly Rule Disks = Rule.Info(
        "gcp-event-stream-storage",
        "An event stream's volumes are as small as they are asked for");

    private static readonly Rule Consumers = Rule.Error(
        "gcp-event-stream-consumers",
        "The access control lists of an event stream have room for its consumers");

    // Reading or writing, and describing.
    private const int EntriesOfConsumer = 2;

    private static readonly Gap NoKeys = new(
        "access without long-lived keys",
        "Consumers need a key of a service account, which an organisation may forbid.")
    {
        Rule = KeysAllowed,
    };

    private static readonly Gap SmallDisks = new(
        "small volumes",
        "Volumes have 100 GiB at least; what is older lies in a storage that grows by itself.")
    {
        Rule = Disks,
    };

    /// <inheritdoc/>
    public IReadOnlyList<string> Apis { get; } = ["managedkafka"];

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        NoKeys,
        SmallDisks,
        new("one server", "There are three servers at least, in as many zones, with three copies, with high availability and without."),
        new("role for one cluster", "A consumer may connect to every cluster of the project; each says itself what it may do there."),
        new("chosen version", "Google chooses the version, and raises it."),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(EventStream component) => [RuntimeKind.Instance, PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(EventStream component, CloudChecks checks)
    {
        var args = component.Args;
        var consumers = checks.LinksTo(component).Where(link => !link.CrossesClouds).Select(link => link.Consumer).Distinct().Count();
        if (consumers > 0)
        {
            checks.Report(
                KeysAllowed,
                component,
                "Its consumers log in by keys of their service accounts, which the organisation's policy "
                + "iam.disableServiceAccountKeyCreation must allow in the project.");
        }

        // The list of a topic has entries of all that use it, and a general one another of Google's agent.
        const int Most = (GcpEventStreamProducts.MostEntries - 1) / EntriesOfConsumer;
        if (consumers > Most)
        {
            checks.Report(
                Consumers,
                component,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"It has {consumers} consumers; allowed: {Most}, for a list has {GcpEventStreamProducts.MostEntries} entries at most. ")
                + "Declare another event stream for some of them.");
        }

        // Whoever leaves the default has an intention, and learns that it makes no difference.
        var usual = ((EventStreamArgs)new EventStreamArgs().For(checks.Profile)).StorageGiB;
        if (args.StorageGiB != usual && args.StorageGiB < GcpEventStreamProducts.SmallestDiskGiB)
        {
            checks.Lacks(
                SmallDisks,
                component,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"StorageGiB is {args.StorageGiB}; Google gives every server {GcpEventStreamProducts.SmallestDiskGiB} GiB at least."),
                "Leave StorageGiB out, or set it to 100 or more");
        }
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(EventStream component, GcpContext context) =>
        new GcpEventStream(component, context.Get<GcpPrivateNetwork>(), context.Get<GcpRuntime>(), context);
}

using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;
using Pulumi;
using Projects = Pulumi.Gcp.Projects;
using PubSub = Pulumi.Gcp.PubSub;
using PubSubInputs = Pulumi.Gcp.PubSub.Inputs;

namespace Infra.Components.Queues.Gcp;

/// <summary>
/// A topic of Pub/Sub with one subscription, which is the queue, and both once more for its dead letters: a topic without a subscription
/// keeps nothing. Messages are kept in the stack's region. Consumers on Google Cloud need no keys; those elsewhere have a key of their
/// service account.
/// </summary>
internal sealed class GcpQueue : PlacedQueue, ILinkTarget<GcpGrantee>
{
    private const string Host = "pubsub.googleapis.com";

    private readonly GcpContext _context;
    private readonly PubSub.Topic _topic;
    private readonly PubSub.Subscription _subscription;

    /// <summary>Builds the queue.</summary>
    public GcpQueue(Queue queue, GcpRuntime runtime, GcpContext context)
        : base(context.Place(queue))
    {
        _context = context;
        var args = queue.Args;
        var apis = runtime.Apis(Kind).ToList();
        var dead = Topic($"{Name}-dead", apis);
        var kept = Subscription($"{Name}-dead", dead, args.VisibilitySeconds, args.DeadLetterRetentionDays, deadLetters: null);
        _topic = Topic(Name, apis);
        _subscription = Subscription(
            Name,
            _topic,
            args.VisibilitySeconds,
            args.RetentionDays,
            new() { DeadLetterTopic = dead.Id, MaxDeliveryAttempts = args.MaximumDeliveries });

        // Pub/Sub moves dead letters in the name of its own agent. Asking for the agent makes it and tells its address, which holds the
        // project's number.
        var agent = new Projects.ServiceIdentity(
            $"{Name}-agent",
            new() { Project = context.Project, Service = Host },
            Child(dependsOn: apis));
        _ = Sender($"{Name}-dead-writer", dead, agent.Member, Child());
        _ = Receiver($"{Name}-dead-mover", agent.Member, Child());
        QueueName = _subscription.Name;
        DeadLetterName = kept.Name;
        Endpoint = Output.Create($"https://{Host}");
        RegisterOutputs();
    }

    /// <inheritdoc/>
    Endpoint? ILinkTarget<GcpGrantee>.Endpoint => null;

    /// <inheritdoc/>
    public void Admit(GcpGrantee grantee, string role)
    {
        // Its API is public.
    }

    /// <inheritdoc/>
    public Connection Connect(GcpGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var sends = link.Intent == Intent.Publish;
        var role = $"{link.NameOn(Cloud)}-access";
        if (sends) grantee.Awaits(Sender(role, _topic, grantee.Member, grantee.Child()));
        else grantee.Awaits(Receiver(role, grantee.Member, grantee.Child()));

        // Only what runs on Google Cloud is who it is without saying so.
        return QueueConnection.ToPubSub(
            Endpoint,
            Host,
            _context.Region,
            sends ? _topic.Id : _subscription.Id,
            link.CrossesClouds ? grantee.Key() : null);
    }

    private PubSub.TopicIAMMember Sender(string name, PubSub.Topic topic, Output<string> member, CustomResourceOptions options) => new(
        name,
        new() { Project = _context.Project, Topic = topic.Name, Role = "roles/pubsub.publisher", Member = member },
        options);

    private PubSub.SubscriptionIAMMember Receiver(string name, Output<string> member, CustomResourceOptions options) => new(
        name,
        new() { Project = _context.Project, Subscription = _subscription.Name, Role = "roles/pubsub.subscriber", Member = member },
        options);

    private static string Seconds(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds}s");

    private PubSub.Topic Topic(string name, IEnumerable<Resource> apis) => new(
        name,
        new()
        {
            Project = _context.Project,
            MessageStoragePolicy = new PubSubInputs.TopicMessageStoragePolicyArgs { AllowedPersistenceRegions = { _context.Region } },
            DeletionPolicy = _context.DeletionPolicy,
            Labels = Tags.Input(),
        },
        Child(protect: _context.Protect, dependsOn: apis));

    private PubSub.Subscription Subscription(
        string name,
        PubSub.Topic topic,
        int visibilitySeconds,
        int days,
        PubSubInputs.SubscriptionDeadLetterPolicyArgs? deadLetters)
    {
        var args = new PubSub.SubscriptionArgs
        {
            Project = _context.Project,
            Topic = topic.Id,
            AckDeadlineSeconds = visibilitySeconds,
            MessageRetentionDuration = Seconds(days * Day),

            // One that nobody reads for a month would be deleted, with what it holds.
            ExpirationPolicy = new PubSubInputs.SubscriptionExpirationPolicyArgs { Ttl = "" },
            RetryPolicy = new PubSubInputs.SubscriptionRetryPolicyArgs
            {
                MinimumBackoff = Seconds(RestSeconds),
                MaximumBackoff = Seconds(LongestRestSeconds),
            },
            DeletionPolicy = _context.DeletionPolicy,
            Labels = Tags.Input(),
        };
        if (deadLetters is not null) args.DeadLetterPolicy = deadLetters;
        return new(name, args, Child(protect: _context.Protect));
    }
}

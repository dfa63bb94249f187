using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Mnq = Pulumiverse.Scaleway.Mnq;
using MnqInputs = Pulumiverse.Scaleway.Mnq.Inputs;

namespace Infra.Components.Queues.Scaleway;

/// <summary>
/// A queue of Scaleway Queues, which speaks SQS' protocol, and one for its dead letters. Every consumer has a key of its own that sends
/// or receives; Scaleway grants that for all queues of the project. Neither tags nor policies exist for queues.
/// </summary>
internal sealed class ScalewayQueue : PlacedQueue, ILinkTarget<KubernetesGrantee>
{
    private const int LongestPollSeconds = 20;

    private readonly ScalewayContext _context;
    private readonly ScalewayMessaging _messaging;
    private readonly Mnq.SqsQueue _queue;

    /// <summary>Builds the queue.</summary>
    public ScalewayQueue(Queue queue, ScalewayMessaging messaging, ScalewayContext context)
        : base(context.Place(queue))
    {
        (_context, _messaging) = (context, messaging);
        var args = queue.Args;
        var dead = Create($"{Name}-dead", args.VisibilitySeconds, args.DeadLetterRetentionDays, deadLetters: null);
        _queue = Create(
            Name,
            args.VisibilitySeconds,
            args.RetentionDays,
            new() { Id = dead.Id, MaxReceiveCount = args.MaximumDeliveries });
        QueueName = _queue.Name;
        DeadLetterName = dead.Name;
        Endpoint = messaging.Endpoint;
        RegisterOutputs();
    }

    /// <inheritdoc/>
    Endpoint? ILinkTarget<KubernetesGrantee>.Endpoint => null;

    /// <inheritdoc/>
    public void Admit(KubernetesGrantee grantee, string role)
    {
        // The API is public, and consumers may reach the internet.
    }

    /// <inheritdoc/>
    public Connection Connect(KubernetesGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var key = new Mnq.SqsCredentials(
            grantee.GrantName(link),
            new()
            {
                ProjectId = _context.ProjectId,
                Region = _context.Region,
                Permissions = new MnqInputs.SqsCredentialsPermissionsArgs
                {
                    CanManage = false,
                    CanPublish = link.Intent == Intent.Publish,
                    CanReceive = link.Intent == Intent.Consume,
                },
            },
            grantee.Child([_queue]).On(_context.Provider));
        grantee.Grants.Add(key);
        return QueueConnection.ToSqs(
            Endpoint,
            ScalewayMessaging.HostOf(_context.Region),
            _context.Region,
            QueueName,
            _queue.Url,

            // The provider hides both parts of a key; the first is no secret.
            Output.Unsecret(key.AccessKey),
            key.SecretKey);
    }

    private Mnq.SqsQueue Create(string name, int visibilitySeconds, int days, MnqInputs.SqsQueueDeadLetterQueueArgs? deadLetters)
    {
        var args = new Mnq.SqsQueueArgs
        {
            ProjectId = _context.ProjectId,
            Region = _context.Region,
            SqsEndpoint = _messaging.Endpoint,
            AccessKey = _messaging.AccessKey,
            SecretKey = _messaging.SecretKey,
            VisibilityTimeoutSeconds = visibilitySeconds,
            MessageMaxAge = days * Day,
            MessageMaxSize = QueueArgs.LargestMessageKiB * 1024,
            ReceiveWaitTimeSeconds = LongestPollSeconds,
        };
        if (deadLetters is not null) args.DeadLetterQueue = deadLetters;
        return new(name, args, Child(protect: _context.Protect));
    }
}

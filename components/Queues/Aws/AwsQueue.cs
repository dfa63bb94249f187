using System.Text.Json.Nodes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Sqs = Pulumi.Aws.Sqs;

namespace Infra.Components.Queues.Aws;

/// <summary>
/// A queue of Amazon SQS and one for its dead letters, which takes them from no other. Consumers on AWS need no keys: their role gives
/// access. Its API is public and speaks TLS only. A message that was not finished stays hidden until its time runs out, so it needs no
/// rest.
/// </summary>
internal sealed class AwsQueue : PlacedQueue, ILinkTarget<AwsGrantee>
{
    // A receiver waits this long for a message before it hears that there is none: the most that SQS allows, and the least that is billed.
    private const int LongestPollSeconds = 20;

    private static readonly string[] PublishActions = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"];

    private static readonly string[] ConsumeActions =
        ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage"];

    private readonly string _region;
    private readonly Sqs.Queue _queue;

    /// <summary>Builds the queue.</summary>
    public AwsQueue(Queue queue, AwsContext context)
        : base(context.Place(queue))
    {
        var args = queue.Args;
        _region = context.Region;
        var dead = Create($"{Name}-dead", args.VisibilitySeconds, args.DeadLetterRetentionDays, redrive: null, context);
        var redrive = dead.Arn.Apply(arn => AwsJson.Text(
            new JsonObject { ["deadLetterTargetArn"] = arn, ["maxReceiveCount"] = args.MaximumDeliveries }));
        _queue = Create(Name, args.VisibilitySeconds, args.RetentionDays, redrive, context);

        // Apart from the queue itself: each of the two names the other.
        _ = new Sqs.RedriveAllowPolicy(
            $"{Name}-dead-source",
            new()
            {
                QueueUrl = dead.Url,
                RedriveAllowPolicyName = _queue.Arn.Apply(arn => AwsJson.Text(
                    new JsonObject { ["redrivePermission"] = "byQueue", ["sourceQueueArns"] = AwsJson.List([arn]) })),
            },
            Child());
        QueueName = _queue.Name;
        DeadLetterName = dead.Name;
        Endpoint = Output.Create($"https://{HostOf(_region)}");
        RegisterOutputs();
    }

    /// <inheritdoc/>
    Endpoint? ILinkTarget<AwsGrantee>.Endpoint => null;

    /// <inheritdoc/>
    public void Admit(AwsGrantee grantee, string role)
    {
        // Its API is public.
    }

    /// <inheritdoc/>
    public Connection Connect(AwsGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var actions = link.Intent == Intent.Publish ? PublishActions : ConsumeActions;
        var key = grantee.Allow(link, [new() { Actions = actions, Resources = [_queue.Arn] }]);
        return QueueConnection.ToSqs(Endpoint, HostOf(_region), _region, QueueName, _queue.Url, key?.Id, key?.Secret);
    }

    private static string HostOf(string region) => $"sqs.{region}.amazonaws.com";

    private Sqs.Queue Create(string name, int visibilitySeconds, int days, Output<string>? redrive, AwsContext context)
    {
        var args = new Sqs.QueueArgs
        {
            VisibilityTimeoutSeconds = visibilitySeconds,
            MessageRetentionSeconds = days * Day,
            MaxMessageSize = QueueArgs.LargestMessageKiB * 1024,
            ReceiveWaitTimeSeconds = LongestPollSeconds,
            SqsManagedSseEnabled = true,
            Tags = Tags.AsInput(),
        };
        if (redrive is not null) args.RedrivePolicy = redrive;
        var queue = new Sqs.Queue(name, args, Child(protect: context.Protect));
        var onlyTls = new Statement
        {
            DenyEveryone = true,
            Actions = ["sqs:*"],
            Resources = [queue.Arn],
            Conditions = [new("Bool", "aws:SecureTransport", "false")],
        };
        _ = new Sqs.QueuePolicy($"{name}-policy", new() { QueueUrl = queue.Url, Policy = Statement.Document(onlyTls) }, Child());
        return queue;
    }
}

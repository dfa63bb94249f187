using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Queues.Aws;

/// <summary>Queues on AWS.</summary>
internal sealed class AwsQueues() : Provision<Queue, AwsContext>(QueueKind.Instance, new(Backing.Native, "Amazon SQS"))
{
    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
        [new("age of dead letters", "A dead letter's days count from when it was sent.")];

    /// <inheritdoc/>
    protected override Reach ReachOf(Queue component) => Reach.PublicApi;

    /// <inheritdoc/>
    protected override PlacedComponent Build(Queue component, AwsContext context) => new AwsQueue(component, context);
}

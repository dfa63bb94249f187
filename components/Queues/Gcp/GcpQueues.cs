using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Queues.Gcp;

/// <summary>Queues on Google Cloud.</summary>
internal sealed class GcpQueues()
    : Provision<Queue, GcpContext>(QueueKind.Instance, new(Backing.Native, "Google Cloud Pub/Sub")), IUsesApis
{
    private static readonly Rule KeysAllowed = Rule.Info(
        "gcp-queue-keys",
        "Consumers of other clouds use a queue on Google Cloud without a key that could leak");

    private static readonly Gap ExactCount = new("exact count of deliveries", "Deliveries are counted approximately.");

    private static readonly Gap NoKeys = new(
        "access without long-lived keys",
        "Consumers on other clouds need a key of a service account, which an organisation may forbid.")
    {
        Rule = KeysAllowed,
    };

    /// <inheritdoc/>
    public IReadOnlyList<string> Apis { get; } = ["pubsub"];

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [ExactCount, NoKeys];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Queue component) => [RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override Reach ReachOf(Queue component) => Reach.PublicApi;

    /// <inheritdoc/>
    protected override void Check(Queue component, CloudChecks checks)
    {
        foreach (var link in checks.LinksTo(component).Where(link => link.CrossesClouds))
        {
            checks.Report(
                KeysAllowed,
                component,
                $"'{link.Consumer.Name}' uses it from {link.Consumer.Cloud.Name()} by a key of a service account, which the "
                + "organisation's policy iam.disableServiceAccountKeyCreation must allow in the project.");
        }
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(Queue component, GcpContext context) =>
        new GcpQueue(component, context.Get<GcpRuntime>(), context);
}

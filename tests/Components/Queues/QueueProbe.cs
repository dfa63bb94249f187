using Infra.Components.Queues;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Queues;

internal sealed class QueueProbe : StoreProbe
{
    // A store's volumes are as encrypted as their storage class; who cannot tell says so.
    private static readonly StoreEvidence Broker = new("kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster")
    {
        IsEncryptedAtRest = store => !store.Rules.Any(rule => rule.EndsWith("-encryption", StringComparison.Ordinal)),
        RefusesPlainText = store => store.Has("spec.tls.disableNonTLSListeners"),
    };

    public override ComponentKind Kind => QueueKind.Instance;

    public override IReadOnlyDictionary<Cloud, StoreEvidence> Evidence { get; } = new Dictionary<Cloud, StoreEvidence>
    {
        [Cloud.Aws] = new("aws:sqs/queue:Queue")
        {
            IsEncryptedAtRest = store => store.Has("sqsManagedSseEnabled"),
            RefusesPlainText = store => store.Resources
                .Where(resource => resource.TypeName == "QueuePolicy")
                .All(policy => policy.Input("policy")!.Contains("aws:SecureTransport", StringComparison.Ordinal)),
        },
        // Google Cloud encrypts everything at rest and offers no switch; the API answers over TLS only, as Scaleway's does.
        [Cloud.Gcp] = new("gcp:pubsub/subscription:Subscription")
        {
            IsEncryptedAtRest = _ => true,
            RefusesPlainText = store => store.Outputs.At("endpoint")!.StartsWith("https://", StringComparison.Ordinal),
        },
        [Cloud.Scaleway] = new("scaleway:mnq/sqsQueue:SqsQueue")
        {
            IsEncryptedAtRest = _ => false,
            RefusesPlainText = store => store.Outputs.At("endpoint") is not null,
        },
        [Cloud.Ovh] = Broker,
        [Cloud.Kubernetes] = Broker,
    };

    public override IReadOnlyDictionary<string, object> OtherValues => new Dictionary<string, object> { ["DeadLetterRetentionDays"] = 7 };

    public override Component Create(Model model, string name) => new Queue(name);
}

using Infra.Components.Brokers;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Brokers;

internal sealed class MessageBrokerProbe : StoreProbe
{
    // A store's volumes are as encrypted as their storage class; who cannot tell says so.
    private static readonly StoreEvidence InCluster = new("kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster")
    {
        IsEncryptedAtRest = store => !store.Rules.Any(rule => rule.EndsWith("-encryption", StringComparison.Ordinal)),
        RefusesPlainText = store => store.Has("spec.tls.disableNonTLSListeners"),
    };

    public override ComponentKind Kind => MessageBrokerKind.Instance;

    public override IReadOnlyDictionary<Cloud, StoreEvidence> Evidence { get; } = new Dictionary<Cloud, StoreEvidence>
    {
        // Amazon MQ has no other listeners, and no switch for them.
        [Cloud.Aws] = new("aws:mq/broker:Broker")
        {
            IsEncryptedAtRest = store => store.Has("encryptionOptions.useAwsOwnedKey"),
            RefusesPlainText = store => store.Holder.Input("engineType") == "RabbitMQ",
        },
        // Google Cloud encrypts every disk and offers no switch.
        [Cloud.Gcp] = new("gcp:compute/disk:Disk")
        {
            IsEncryptedAtRest = _ => true,
            RefusesPlainText = store => store.Resources.Any(resource =>
                resource.Input("metadataStartupScript")?.Contains("listeners.tcp = none", StringComparison.Ordinal) == true),
        },
        [Cloud.Scaleway] = InCluster,
        [Cloud.Ovh] = InCluster,
        [Cloud.Kubernetes] = InCluster,
    };

    public override Component Create(Model model, string name) => new MessageBroker(name);
}

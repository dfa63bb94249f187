using Infra.Components.Services;
using Infra.Components.Streams;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Streams;

internal sealed class EventStreamProbe : StoreProbe
{
    private static readonly StreamTopic Orders = new() { Name = "orders" };

    // A store's volumes are as encrypted as their storage class; who cannot tell says so. A listener without TLS there is none.
    private static readonly StoreEvidence InCluster = new("kubernetes:kafka.strimzi.io/v1:Kafka")
    {
        IsEncryptedAtRest = store => !store.Rules.Any(rule => rule.EndsWith("-encryption", StringComparison.Ordinal)),
        RefusesPlainText = store => store.Has("spec.kafka.listeners[0].tls") && store.Holder.Input("spec.kafka.listeners[1]") is null,
    };

    public override ComponentKind Kind => EventStreamKind.Instance;

    public override IReadOnlyDictionary<string, object> OtherValues => new Dictionary<string, object>
    {
        ["Topics"] = new object[]
        {
            (IReadOnlyList<StreamTopic>)[Orders, new StreamTopic { Name = "payments" }],
            (IReadOnlyList<StreamTopic>)[Orders with { Partitions = 12 }],
            (IReadOnlyList<StreamTopic>)[Orders with { RetentionDays = 30 }],
            (IReadOnlyList<StreamTopic>)[Orders with { Compacted = true }],
        },
        ["Groups"] = (IReadOnlyList<string>)["accounting"],
    };

    public override IReadOnlyDictionary<Cloud, StoreEvidence> Evidence { get; } = new Dictionary<Cloud, StoreEvidence>
    {
        // Amazon MSK encrypts every volume, with a key of AWS's where none is named.
        [Cloud.Aws] = new("aws:msk/cluster:Cluster")
        {
            IsEncryptedAtRest = _ => true,
            RefusesPlainText = store => store.Holder.Input("encryptionInfo.encryptionInTransit.clientBroker") == "TLS",
        },
        // Google Cloud encrypts every disk and has no listener without TLS; it offers no switch for either.
        [Cloud.Gcp] = new("gcp:managedkafka/cluster:Cluster")
        {
            IsEncryptedAtRest = _ => true,
            RefusesPlainText = _ => true,
        },
        [Cloud.Scaleway] = InCluster,
        [Cloud.Ovh] = InCluster,
        [Cloud.Kubernetes] = InCluster,
    };

    public override Component Create(Model model, string name) => new EventStream(name, new() { Topics = [Orders] });

    // Groups are a right of who consumes.
    public override void Surround(Model model, Component component) => model.Add(new ContainerService("reader")).Consumes(component);
}

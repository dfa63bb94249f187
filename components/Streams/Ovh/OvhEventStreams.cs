using Infra.Components.Checks;
using Infra.Components.Streams.Kubernetes;

namespace Infra.Components.Streams.Ovh;

/// <summary>
/// Event streams on OVHcloud: those of its cluster, on volumes of its block storage. It manages Kafka, too, where every change of a topic
/// makes another one, which is empty.
/// </summary>
internal sealed class OvhEventStreams() : OwnClusterEventStreams("OVHcloud", Encryption)
{
    private static readonly Rule Encryption = Rule.Notable("ovh-event-stream-encryption", "Records are encrypted at rest");
}

using Infra.Components.Checks;
using Infra.Components.Streams.Kubernetes;

namespace Infra.Components.Streams.Scaleway;

/// <summary>
/// Event streams on Scaleway: those of its cluster, on volumes of its block storage. Its own Kafka is of an API in alpha, by which every
/// change makes another cluster, which is empty, and which knows neither topics nor logins of consumers.
/// </summary>
internal sealed class ScalewayEventStreams() : OwnClusterEventStreams("Scaleway", Encryption)
{
    private static readonly Rule Encryption = Rule.Notable("scaleway-event-stream-encryption", "Records are encrypted at rest");
}

using Infra.Components.Checks;
using Infra.Components.Brokers.Kubernetes;

namespace Infra.Components.Brokers.Scaleway;

/// <summary>Message brokers on Scaleway, which has none of its own: those of its cluster, on volumes of its block storage.</summary>
internal sealed class ScalewayMessageBrokers() : OwnClusterMessageBrokers("Scaleway", Encryption)
{
    private static readonly Rule Encryption = Rule.Notable("scaleway-message-broker-encryption", "Messages are encrypted at rest");
}

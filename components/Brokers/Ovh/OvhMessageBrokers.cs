using Infra.Components.Checks;
using Infra.Components.Brokers.Kubernetes;

namespace Infra.Components.Brokers.Ovh;

/// <summary>Message brokers on OVHcloud, which has none of its own: those of its cluster, on volumes of its block storage.</summary>
internal sealed class OvhMessageBrokers() : OwnClusterMessageBrokers("OVHcloud", Encryption)
{
    private static readonly Rule Encryption = Rule.Notable("ovh-message-broker-encryption", "Messages are encrypted at rest");
}

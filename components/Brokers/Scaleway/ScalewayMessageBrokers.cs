using Infra.Components.Brokers.Kubernetes;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Runtimes;
using Infra.Components.Systems;

namespace Infra.Components.Brokers.Scaleway;

/// <summary>Message brokers on Scaleway, which has none of its own: those of its cluster, on volumes of its block storage.</summary>
internal sealed class ScalewayMessageBrokers : KubernetesMessageBrokers
{
    private static readonly Rule Encryption = Rule.Notable("scaleway-message-broker-encryption", "Messages are encrypted at rest");

    private static readonly Gap AtRest = new("encryption at rest", "Nothing says that its volumes are encrypted at rest.")
    {
        Rule = Encryption,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [Larger, AtRest];

    /// <summary>None: the cluster is Scaleway's.</summary>
    public override IReadOnlyList<Type> Tweaks => [];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(MessageBroker component) =>
        [PrivateNetworkKind.Instance, RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void Check(MessageBroker component, CloudChecks checks) =>
        VolumeEncryption.CheckMessages(AtRest, "Scaleway", component, checks);
}

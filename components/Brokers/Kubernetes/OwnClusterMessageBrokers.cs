using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Runtimes;
using Infra.Components.Systems;

namespace Infra.Components.Brokers.Kubernetes;

/// <summary>Message brokers in a cluster that a cloud makes, on volumes of its block storage.</summary>
/// <param name="cloud">The cloud, as it calls itself.</param>
/// <param name="encryption">The cloud's rule that messages are encrypted at rest, of which it says nothing.</param>
internal abstract class OwnClusterMessageBrokers(string cloud, Rule encryption) : KubernetesMessageBrokers
{
    private readonly Gap _atRest = VolumeEncryption.OfOwn(encryption);

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [Larger, _atRest];

    /// <summary>None: the cluster is the cloud's.</summary>
    public override IReadOnlyList<Type> Tweaks => [];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(MessageBroker component) =>
        [PrivateNetworkKind.Instance, RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void Check(MessageBroker component, CloudChecks checks) =>
        VolumeEncryption.CheckOwn(_atRest, cloud, component, VolumeEncryption.BeforeSending, checks);
}

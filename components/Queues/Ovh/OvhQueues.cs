using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Queues.Kubernetes;
using Infra.Components.Runtimes;
using Infra.Components.Systems;

namespace Infra.Components.Queues.Ovh;

/// <summary>Queues on OVHcloud, which has none of its own: those of its cluster, on volumes of its block storage.</summary>
internal sealed class OvhQueues : KubernetesQueues
{
    private static readonly Rule Encryption = Rule.Notable("ovh-queue-encryption", "Messages are encrypted at rest");

    private static readonly Gap AtRest = VolumeEncryption.OfOwn(Encryption);

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [.. Differences, AtRest];

    /// <summary>None: the cluster is OVHcloud's.</summary>
    public override IReadOnlyList<Type> Tweaks => [];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Queue component) => [PrivateNetworkKind.Instance, RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void Check(Queue component, CloudChecks checks) =>
        VolumeEncryption.CheckOwn(AtRest, "OVHcloud", component, VolumeEncryption.BeforeSending, checks);
}

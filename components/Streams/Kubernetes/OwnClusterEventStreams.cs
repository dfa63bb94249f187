using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Runtimes;
using Infra.Components.Systems;

namespace Infra.Components.Streams.Kubernetes;

/// <summary>Event streams in a cluster that a cloud makes, on volumes of its block storage.</summary>
/// <param name="cloud">The cloud, as it calls itself.</param>
/// <param name="encryption">The cloud's rule that records are encrypted at rest, of which it says nothing.</param>
internal abstract class OwnClusterEventStreams(string cloud, Rule encryption) : KubernetesEventStreams
{
    private readonly Gap _atRest = VolumeEncryption.OfOwn(encryption);

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [Fixed, _atRest];

    /// <summary>None: the cluster is the cloud's.</summary>
    public override IReadOnlyList<Type> Tweaks => [];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(EventStream component) =>
        [PrivateNetworkKind.Instance, RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void Check(EventStream component, CloudChecks checks) =>
        VolumeEncryption.CheckOwn(_atRest, cloud, component, VolumeEncryption.BeforeSending, checks);
}

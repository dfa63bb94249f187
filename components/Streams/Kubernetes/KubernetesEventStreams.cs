using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Systems;

namespace Infra.Components.Streams.Kubernetes;

/// <summary>Event streams in a cluster.</summary>
internal class KubernetesEventStreams()
    : Provision<EventStream, KubernetesContext>(EventStreamKind.Instance, new(Backing.InCluster, "Strimzi")), INeedsAddons
{
    /// <summary>What Strimzi keeps differently in every cluster.</summary>
    protected static readonly Gap Fixed = new(
        "high availability later", "High availability stays as the stream was made, and volumes can be raised only.");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [Fixed, VolumeEncryption.Gap];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks { get; } = [typeof(KubernetesEventStreamTweak)];

    /// <inheritdoc/>
    public IEnumerable<Addon> Addons(Component component, KubernetesContext context) => [Addon.StreamOperator];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(EventStream component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(EventStream component, CloudChecks checks) => VolumeEncryption.Check(component, checks);

    /// <inheritdoc/>
    protected override PlacedComponent Build(EventStream component, KubernetesContext context) =>
        new KubernetesEventStream(component, context);
}

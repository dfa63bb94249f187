using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Runtimes;
using Infra.Components.Streams.Kubernetes;
using Infra.Components.Systems;

namespace Infra.Components.Streams.Ovh;

/// <summary>
/// Event streams on OVHcloud: those of its cluster, on volumes of its block storage. It manages Kafka, too, where every change of a topic
/// makes another one, which is empty.
/// </summary>
internal sealed class OvhEventStreams : KubernetesEventStreams
{
    private static readonly Rule Encryption = Rule.Notable("ovh-event-stream-encryption", "Records are encrypted at rest");

    private static readonly Gap AtRest = new("encryption at rest", "Nothing says that its volumes are encrypted at rest.")
    {
        Rule = Encryption,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [Fixed, AtRest];

    /// <summary>None: the cluster is OVHcloud's.</summary>
    public override IReadOnlyList<Type> Tweaks => [];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(EventStream component) =>
        [PrivateNetworkKind.Instance, RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void Check(EventStream component, CloudChecks checks) =>
        VolumeEncryption.CheckMessages(AtRest, "OVHcloud", component, checks);
}

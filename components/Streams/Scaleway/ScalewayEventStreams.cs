using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Runtimes;
using Infra.Components.Streams.Kubernetes;
using Infra.Components.Systems;

namespace Infra.Components.Streams.Scaleway;

/// <summary>
/// Event streams on Scaleway: those of its cluster, on volumes of its block storage. Its own Kafka is of an API in alpha, by which every
/// change makes another cluster, which is empty, and which knows neither topics nor logins of consumers.
/// </summary>
internal sealed class ScalewayEventStreams : KubernetesEventStreams
{
    private static readonly Rule Encryption = Rule.Notable("scaleway-event-stream-encryption", "Records are encrypted at rest");

    private static readonly Gap AtRest = new("encryption at rest", "Nothing says that its volumes are encrypted at rest.")
    {
        Rule = Encryption,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [Fixed, AtRest];

    /// <summary>None: the cluster is Scaleway's.</summary>
    public override IReadOnlyList<Type> Tweaks => [];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(EventStream component) =>
        [PrivateNetworkKind.Instance, RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void Check(EventStream component, CloudChecks checks) =>
        VolumeEncryption.CheckMessages(AtRest, "Scaleway", component, checks);
}

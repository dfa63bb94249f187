using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Systems;

namespace Infra.Components.Brokers.Kubernetes;

/// <summary>Message brokers in a cluster.</summary>
internal class KubernetesMessageBrokers()
    : Provision<MessageBroker, KubernetesContext>(MessageBrokerKind.Instance, new(Backing.InCluster, "RabbitMQ")), INeedsAddons
{
    /// <summary>What RabbitMQ keeps differently in every cluster.</summary>
    protected static readonly Gap Larger = new("fewer servers", "The number of servers and their volumes can be raised only.");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [Larger, VolumeEncryption.Gap];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks { get; } = [typeof(KubernetesMessageBrokerTweak)];

    /// <inheritdoc/>
    public IEnumerable<Addon> Addons(Component component, KubernetesContext context) => [Addon.QueueOperator];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(MessageBroker component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(MessageBroker component, CloudChecks checks) => VolumeEncryption.Check(component, checks);

    /// <inheritdoc/>
    protected override PlacedComponent Build(MessageBroker component, KubernetesContext context) =>
        new KubernetesMessageBroker(component, context);
}

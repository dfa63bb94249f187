using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Systems;

namespace Infra.Components.Queues.Kubernetes;

/// <summary>Queues in a cluster, each on a broker of its own.</summary>
internal class KubernetesQueues()
    : Provision<Queue, KubernetesContext>(QueueKind.Instance, new(Backing.InCluster, "RabbitMQ")), INeedsAddons
{
    private static readonly Rule Arguments = Rule.Error("kubernetes-queue-arguments", "RabbitMQ's operator accepts the queue's arguments");

    /// <summary>What RabbitMQ keeps differently, wherever it runs.</summary>
    protected static readonly IReadOnlyList<Gap> Differences =
    [
        new(
            "count of failed deliveries",
            "Only what a consumer rejects by basic.reject, or holds when its connection breaks, counts as a failed delivery."),
        new("expiry without a trace", "What expires is a dead letter too."),
        new("fewer servers", "The number of servers and their volumes can be raised only."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [.. Differences, VolumeEncryption.Gap];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks { get; } = [typeof(KubernetesQueueTweak)];

    /// <inheritdoc/>
    public IEnumerable<Addon> Addons(Component component, KubernetesContext context) => [Addon.QueueOperator];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Queue component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(Queue component, CloudChecks checks)
    {
        VolumeEncryption.Check(component, checks);
        if (component.Args.Tweak<KubernetesQueueTweak>() is not { } tweak) return;
        var guard = checks.Guard(component, Arguments);
        guard.InRange("KubernetesQueueTweak.StorageGiB", tweak.StorageGiB, 5, 16384, "GiB");
        guard.InRange("KubernetesQueueTweak.MemoryGiB", tweak.MemoryGiB, 1, 64, "GiB");
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(Queue component, KubernetesContext context) => new KubernetesQueue(component, context);
}

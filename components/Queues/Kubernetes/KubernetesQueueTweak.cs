using Infra.Components.Systems;

namespace Infra.Components.Queues.Kubernetes;

/// <summary>What a queue may ask of a given Kubernetes cluster beyond the neutral arguments.</summary>
public sealed record KubernetesQueueTweak() : Tweak(Cloud.Kubernetes)
{
    /// <summary>The storage class of its volumes; null for the cluster's. It takes effect on a new queue.</summary>
    public string? StorageClass { get; init; }

    /// <summary>The size of each server's volume in GiB, 5 to 16384. Default: 10. It can be raised, never lowered.</summary>
    public int StorageGiB { get; init; } = 10;

    /// <summary>The memory of each server in GiB, 1 to 64. Default: 1.</summary>
    public int MemoryGiB { get; init; } = 1;
}

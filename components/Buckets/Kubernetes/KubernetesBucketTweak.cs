using Infra.Components.Systems;

namespace Infra.Components.Buckets.Kubernetes;

/// <summary>What a bucket may ask of a given Kubernetes cluster: a bucket has no size elsewhere, volumes do.</summary>
public sealed record KubernetesBucketTweak() : Tweak(Cloud.Kubernetes)
{
    /// <summary>
    /// The size of each volume server's volume in GiB, 1 to 16384. Default: 100. The index of the objects has a tenth of it, at
    /// least 10. It takes effect on a new bucket: one that is there grows by servers.
    /// </summary>
    public int VolumeGiB { get; init; } = 100;

    /// <summary>
    /// How many volume servers run, 1 to 100; two at least where data is replicated. Null for 3 in production, else 1. They are added,
    /// never removed.
    /// </summary>
    public int? VolumeServers { get; init; }

    /// <summary>The storage class of its volumes; null for the cluster's.</summary>
    public string? StorageClass { get; init; }
}

using Infra.Components.Systems;

namespace Infra.Components.Streams.Kubernetes;

/// <summary>What an event stream may ask of a given Kubernetes cluster beyond the neutral arguments.</summary>
public sealed record KubernetesEventStreamTweak() : Tweak(Cloud.Kubernetes)
{
    /// <summary>The storage class of its volumes; null for the cluster's. It takes effect on a new stream.</summary>
    public string? StorageClass { get; init; }
}

using Infra.Components.Systems;

namespace Infra.Components.Search.Kubernetes;

/// <summary>What a search engine may ask of a given Kubernetes cluster beyond the neutral arguments.</summary>
public sealed record KubernetesSearchEngineTweak() : Tweak(Cloud.Kubernetes)
{
    /// <summary>The storage class of its volumes; null for the cluster's. It takes effect on a new search engine.</summary>
    public string? StorageClass { get; init; }
}

using Infra.Components.Systems;

namespace Infra.Components.Services.Kubernetes;

/// <summary>What a service or job may ask of a given Kubernetes cluster beyond the neutral arguments.</summary>
public sealed record KubernetesServiceTweak() : Tweak(Cloud.Kubernetes)
{
    /// <summary>The labels of the nodes on which it may run, beside the architecture. Default: any.</summary>
    public IReadOnlyDictionary<string, string> NodeSelector { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The storage class of its volumes, whatever their speed; null for the cluster's. Another one is another volume: production refuses
    /// it.
    /// </summary>
    public string? StorageClass { get; init; }

    /// <summary>An existing priority class; null for the cluster's default.</summary>
    public string? PriorityClass { get; init; }
}

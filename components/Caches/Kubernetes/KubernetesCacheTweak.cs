using Infra.Components.Systems;

namespace Infra.Components.Caches.Kubernetes;

/// <summary>What a cache may ask of a given Kubernetes cluster beyond the neutral arguments.</summary>
public sealed record KubernetesCacheTweak() : Tweak(Cloud.Kubernetes)
{
    /// <summary>The storage class of its volume; null for the cluster's. Changing it takes a new, empty cache.</summary>
    public string? StorageClass { get; init; }

    /// <summary>Lines of <c>valkey.conf</c> that are added, such as <c>maxclients</c>. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
}

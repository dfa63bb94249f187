using Infra.Components.Systems;

namespace Infra.Components.Brokers.Kubernetes;

/// <summary>What a message broker may ask of a given Kubernetes cluster beyond the neutral arguments.</summary>
public sealed record KubernetesMessageBrokerTweak() : Tweak(Cloud.Kubernetes)
{
    /// <summary>The storage class of its volumes; null for the cluster's. It takes effect on a new broker.</summary>
    public string? StorageClass { get; init; }
}

using Infra.Components.Systems;

namespace Infra.Components.LoadBalancers.Kubernetes;

/// <summary>What a load balancer may ask of a given Kubernetes cluster beyond the neutral arguments.</summary>
public sealed record KubernetesLoadBalancerTweak() : Tweak(Cloud.Kubernetes)
{
    /// <summary>The Gateway API class; null for the cluster's.</summary>
    public string? GatewayClass { get; init; }

    /// <summary>
    /// Annotations of the service that the gateway's controller creates, by which clusters choose addresses and the like. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string> ServiceAnnotations { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether the cluster gives load balancers a host name instead of an IPv4 address, as clusters on AWS do. Default: false.
    /// </summary>
    public bool HostNameAddress { get; init; }
}

using Infra.Components.Systems;

namespace Infra.Components.LoadBalancers.Ovh;

/// <summary>What only a load balancer on OVHcloud has.</summary>
public sealed record OvhLoadBalancerTweak() : Tweak(Cloud.Ovh)
{
    /// <summary>The flavors, from the smallest to the largest (OVHcloud documentation: load balancers of Managed Kubernetes).</summary>
    public static readonly IReadOnlyList<string> Flavors = ["small", "medium", "large"];

    /// <summary>
    /// The flavor, which bounds its bandwidth. Default: null, <c>small</c>. Changing it needs a new load balancer, with another address.
    /// </summary>
    public string? Flavor { get; init; }
}

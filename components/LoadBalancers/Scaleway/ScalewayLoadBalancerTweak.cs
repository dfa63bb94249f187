using Infra.Components.Systems;

namespace Infra.Components.LoadBalancers.Scaleway;

/// <summary>What only a load balancer on Scaleway has.</summary>
public sealed record ScalewayLoadBalancerTweak() : Tweak(Cloud.Scaleway)
{
    /// <summary>The types, from the smallest to the largest (Scaleway documentation: Load Balancer).</summary>
    public static readonly IReadOnlyList<string> Types = ["LB-S", "LB-GP-M", "LB-GP-L", "LB-GP-XL"];

    /// <summary>
    /// The type, which bounds its bandwidth: <c>LB-S</c> 200 Mbit/s, <c>LB-GP-M</c> 500 Mbit/s, <c>LB-GP-L</c> 1 Gbit/s, <c>LB-GP-XL</c> 4
    /// Gbit/s. Default: null, the M in production and the S elsewhere. It can be changed in place.
    /// </summary>
    public string? Type { get; init; }
}

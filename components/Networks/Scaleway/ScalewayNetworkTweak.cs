using Infra.Components.Systems;

namespace Infra.Components.Networks.Scaleway;

/// <summary>What only a network on Scaleway has.</summary>
public sealed record ScalewayNetworkTweak() : Tweak(Cloud.Scaleway)
{
    /// <summary>
    /// The type of the Public Gateway, which decides the bandwidth to the internet: <c>VPC-GW-S</c>, <c>VPC-GW-M</c>, <c>VPC-GW-L</c> or
    /// <c>VPC-GW-XL</c>. Default: null, the M in production and the S elsewhere.
    /// </summary>
    public string? GatewayType { get; init; }
}

using Infra.Components.Systems;

namespace Infra.Components.Networks.Gcp;

/// <summary>What only Google Cloud's network has.</summary>
public sealed record GcpNetworkTweak() : Tweak(Cloud.Gcp)
{
    /// <summary>
    /// The number of addresses from which everything reaches the internet, 1 to 8. Default: 1. Each gives 64,512 connections to one server
    /// at a time (Google Cloud documentation: Cloud NAT ports). Partners must admit them all.
    /// </summary>
    public int EgressAddresses { get; init; } = 1;
}

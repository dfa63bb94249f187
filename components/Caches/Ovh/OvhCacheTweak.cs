using Infra.Components.Systems;

namespace Infra.Components.Caches.Ovh;

/// <summary>What only a cache on OVHcloud has.</summary>
public sealed record OvhCacheTweak() : Tweak(Cloud.Ovh)
{
    /// <summary>
    /// The flavor of nodes, such as <c>b3-64</c>, instead of the one that the size promises. Default: null. It can be raised, never
    /// lowered.
    /// </summary>
    public string? Flavor { get; init; }
}

using Infra.Components.Systems;

namespace Infra.Components.Dns.Scaleway;

/// <summary>What only a DNS zone on Scaleway has.</summary>
public sealed record ScalewayDnsTweak() : Tweak(Cloud.Scaleway)
{
    /// <summary>
    /// The domain that was registered, of which the zone may be a part, such as <c>example.co.uk</c>. Default: null, the last two labels of
    /// the zone's domain.
    /// </summary>
    public string? RegisteredDomain { get; init; }
}

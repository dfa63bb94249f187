using Infra.Components.Systems;

namespace Infra.Components.Networks.Ovh;

/// <summary>What only a private network on OVHcloud has.</summary>
public sealed record OvhNetworkTweak() : Tweak(Cloud.Ovh)
{
    /// <summary>The models of gateways, from the smallest to the largest.</summary>
    public static readonly IReadOnlyList<string> GatewayModels = ["s", "m", "l", "xl", "2xl", "3xl"];

    /// <summary>
    /// The VLAN in the project's vRack, 1 to 4000: networks of one project and region need different ones. Default: null, one that follows
    /// from the stack's name. Changing it replaces the network and everything in it.
    /// </summary>
    public int? VlanId { get; init; }

    /// <summary>
    /// The model of the gateway, which bounds its bandwidth. Default: null, <c>m</c> in production and <c>s</c> elsewhere. It can be
    /// changed in place.
    /// </summary>
    public string? GatewayModel { get; init; }
}

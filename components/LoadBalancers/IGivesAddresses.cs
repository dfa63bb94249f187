using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Components.LoadBalancers;

/// <summary>The provision of load balancers or content delivery networks, which knows beforehand what their addresses will be.</summary>
internal interface IGivesAddresses : IProvision
{
    /// <summary>What the address will be of a component of its kind.</summary>
    AddressKind AddressKindOf(Component entrance);
}

using Infra.Components.Clouds;

namespace Infra.Components.LoadBalancers;

/// <summary>The provision of load balancers, which knows beforehand what their addresses will be.</summary>
internal interface IGivesAddresses : IProvision
{
    /// <summary>What a load balancer's address will be.</summary>
    AddressKind AddressKindOf(LoadBalancer balancer);
}

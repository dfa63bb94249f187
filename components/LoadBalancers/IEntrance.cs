using Pulumi;

namespace Infra.Components.LoadBalancers;

/// <summary>Where traffic from outside enters: what DNS records lead to.</summary>
internal interface IEntrance
{
    /// <summary>Its name or address.</summary>
    Output<string> Address { get; }

    /// <summary>What the address is: clouds differ, and DNS must accept both.</summary>
    AddressKind AddressKind { get; }
}

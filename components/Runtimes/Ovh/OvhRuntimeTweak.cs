using Infra.Components.Systems;

namespace Infra.Components.Runtimes.Ovh;

/// <summary>
/// What a stack may ask of the cluster that OVHcloud runs for it. The cluster follows from the services and is not declared, so the tweak
/// goes onto the private network in which it stands.
/// </summary>
public sealed record OvhRuntimeTweak() : Tweak(Cloud.Ovh)
{
    /// <summary>
    /// The flavor of nodes, such as <c>b3-16</c>, instead of the smallest that holds the largest replica. Default: null. Changing it adds
    /// nodes before the old ones go.
    /// </summary>
    public string? Flavor { get; init; }

    /// <summary>The most nodes of the whole cluster, instead of what all services need at their upper bounds. Default: null.</summary>
    public int? MaximumNodes { get; init; }

    /// <summary>
    /// Whether nodes are billed by the month: cheaper, and for the whole month. Default: false. Changing it replaces the nodes.
    /// </summary>
    public bool MonthlyBilling { get; init; }

    /// <summary>
    /// Whether the nodes of a pool stand on different machines; a pool then has 5 at most. Default: false. Changing it replaces the nodes.
    /// </summary>
    public bool AntiAffinity { get; init; }
}

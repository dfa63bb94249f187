namespace Infra.Components.Systems;

/// <summary>How traffic is shared between two copies of what it enters by.</summary>
/// <param name="From">The cloud of the copy that is left.</param>
/// <param name="To">The cloud of the new one.</param>
/// <param name="Percent">What the new one gets, 0 to 100.</param>
internal sealed record TrafficShare(Cloud From, Cloud To, int Percent);

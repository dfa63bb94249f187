using Infra.Components.Systems;

namespace Infra.Components.Placements;

/// <summary>A component's way from one cloud to another, and how far it has got.</summary>
/// <param name="State">How far.</param>
/// <param name="From">The cloud that it leaves.</param>
/// <param name="To">The cloud that it goes to.</param>
/// <param name="Percent">The share of the traffic that its new copy gets where it is one by which traffic enters, 0 to 100.</param>
public sealed record Passage(MigrationState State, Cloud From, Cloud To, int Percent)
{
    /// <summary>Whether the new copy serves.</summary>
    public bool HasArrived => State >= MigrationState.Activated;

    /// <summary>
    /// Whether it comes from outside of the stack, and stands on the cloud that it goes to alone, which is also named as the one it leaves.
    /// </summary>
    public bool IsFromOutside { get; init; }
}

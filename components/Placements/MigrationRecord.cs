using Infra.Components.Systems;

namespace Infra.Components.Placements;

/// <summary>How far a stack has got on its way to another cloud: what <c>infra:migration</c> says, validated by itself.</summary>
public sealed record MigrationRecord
{
    /// <summary>The cloud that components go to. They leave the one on which they are placed.</summary>
    public required Cloud To { get; init; }

    /// <summary>What happened to each component so far, by its name. What is not named has not set out.</summary>
    public IReadOnlyDictionary<string, ComponentMigration> Components { get; init; } = new Dictionary<string, ComponentMigration>();

    /// <summary>
    /// The way in which the data of a component moves, by the component's name; what is not named takes the first of its kind's ways.
    /// </summary>
    public IReadOnlyDictionary<string, string> Ways { get; init; } = new Dictionary<string, string>();
}

/// <summary>What happened to a component on its way.</summary>
/// <param name="History">Its states with their times, the last one being the one in which it is; one at least.</param>
public sealed record ComponentMigration(IReadOnlyList<MigrationEntry> History)
{
    /// <summary>
    /// Why what was written since it was activated may be lost when it goes back to where it came from; null where it may not.
    /// </summary>
    public string? AcceptDataLoss { get; init; }

    /// <summary>The state in which it is, with its time.</summary>
    public MigrationEntry Last => History[^1];

    /// <summary>Whether it has been in a state, or is in it.</summary>
    public bool Reached(MigrationState state) => History.Any(entry => entry.State == state);
}

/// <summary>A state that a component has reached.</summary>
/// <param name="State">The state.</param>
/// <param name="At">When.</param>
/// <param name="Percent">
/// The share of the traffic that goes to the new copy, 1 to 100, in <see cref="MigrationState.Activated"/>; null for all of it.
/// </param>
public sealed record MigrationEntry(MigrationState State, DateTimeOffset At, int? Percent = null);

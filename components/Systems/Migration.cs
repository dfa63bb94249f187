namespace Infra.Components.Systems;

/// <summary>How far a component has got on its way to another cloud. Each state follows the one above it.</summary>
public enum MigrationState
{
    /// <summary>A copy stands on the new cloud and is filled; nothing uses it yet.</summary>
    Migrated,

    /// <summary>Stores only: nobody writes, and the copy is brought up to date for the last time.</summary>
    Paused,

    /// <summary>The new copy serves; the old one is kept.</summary>
    Activated,

    /// <summary>The old copy is unused and no longer protected.</summary>
    Released,

    /// <summary>The old copy is gone.</summary>
    Retired,
}

/// <summary>A way in which what a component holds gets to its copy on another cloud.</summary>
/// <param name="Name">What a stack file calls it, such as <c>dump</c>.</param>
/// <param name="Meaning">What happens, in one sentence.</param>
internal sealed record MoveWay(string Name, string Meaning)
{
    /// <summary>
    /// Whether it ends while nobody writes, in <see cref="MigrationState.Paused"/>: whoever goes on without pausing would lose the last
    /// writes.
    /// </summary>
    public bool Pauses { get; init; }

    /// <summary>
    /// Whether what is written to the new copy is carried back for as long as the old one is kept, so that undoing loses nothing.
    /// </summary>
    public bool Returns { get; init; }
}

/// <summary>A component on its way to another cloud.</summary>
/// <param name="Component">The component, resolved.</param>
/// <param name="State">How far it has got.</param>
/// <param name="From">The cloud that it leaves.</param>
/// <param name="To">The cloud that it goes to.</param>
/// <param name="Way">The way in which its data moves: one of its kind's.</param>
/// <param name="Model">The system, resolved.</param>
internal sealed record Move(Component Component, MigrationState State, Cloud From, Cloud To, MoveWay Way, Model Model)
{
    /// <summary>
    /// Seconds after which none of those who wrote to it runs any more, once they were told to stop: the longest that any of them may take.
    /// </summary>
    public int QuietSeconds { get; init; }
}

/// <summary>
/// A consumer that carries what a component holds from one of its copies to the other, and that nobody declares. Its links to the component
/// that read lead to the copy that is left, those that write to the copy that is filled.
/// </summary>
internal interface IMover
{
    /// <summary>The component.</summary>
    Component Moved { get; }

    /// <summary>
    /// Whether it carries back what is written to the new copy: it reads there, and writes to the old one. Default: false.
    /// </summary>
    bool Returns => false;
}

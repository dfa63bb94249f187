using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Migrations;

/// <summary>What going back to the old copy costs in the state in which a component is.</summary>
internal enum RollbackPoint
{
    /// <summary>Nothing uses the new copy yet: nothing.</summary>
    R0,

    /// <summary>Writers wait, and nobody has written to the new copy: the pause alone.</summary>
    R1,

    /// <summary>The new copy serves, and nothing is written to it, or all of it is carried back: nothing is lost.</summary>
    R2,

    /// <summary>What was written to the new copy since it serves is not in the old one, or the old one is gone: only forward.</summary>
    R3,
}

/// <summary>Where a stack stands on its way to another cloud.</summary>
internal sealed record MigrationProgress
{
    /// <summary>The stack's name.</summary>
    public required string Stack { get; init; }

    /// <summary>The cloud to which it goes; null where it is on no way.</summary>
    public required Cloud? To { get; init; }

    /// <summary>What moves, in the order of its declaration; none where it is on no way.</summary>
    public required IReadOnlyList<ComponentProgress> Components { get; init; }

    /// <summary>What stays where <c>infra:placement</c> puts it unless somebody says that it moves.</summary>
    public IReadOnlyList<ComponentProgress> Placed { get; init; } = [];

    /// <summary>Why the rest does not move, in words, by the component's name.</summary>
    public IReadOnlyDictionary<string, string> Staying { get; init; } = new Dictionary<string, string>();

    /// <summary>Everything that may move.</summary>
    public IEnumerable<ComponentProgress> All => Components.Concat(Placed);

    /// <summary>Whether everything has arrived, and every old copy is gone.</summary>
    public bool IsComplete => Components.Count > 0 && Components.All(component => component.HasArrived || component.Follows);

    /// <summary>Looks at a stack.</summary>
    /// <param name="blueprint">The stack, resolved.</param>
    /// <param name="to">The cloud to which it would go where the stack file records none; null to look for no way then.</param>
    public static MigrationProgress Of(Blueprint blueprint, Cloud? to = null)
    {
        var record = blueprint.Settings.Migration ?? (to is { } cloud ? new() { To = cloud } : null);
        if (record is null) return new() { Stack = blueprint.Settings.Stack, To = null, Components = [] };
        var settings = blueprint.Settings with { Migration = record };
        var passages = new Passages(blueprint.Model, settings);
        var declared = blueprint.Model.Components.Where(component => !blueprint.Implied.Contains(component)).ToList();
        var staying = blueprint.Model.Components
            .Select(component => (component.Name, Reason: ReasonToStay(component, blueprint.Model, passages, record)))
            .Where(pair => pair.Reason is not null)
            .ToDictionary(pair => pair.Name, pair => pair.Reason!);
        var moving = declared
            .Where(component => !staying.ContainsKey(component.Name))
            .ToLookup(component => Moves(component, passages, settings));
        return new()
        {
            Stack = settings.Stack,
            To = record.To,
            Components = [.. moving[true].Select(Progress)],
            Placed = [.. moving[false].Select(Progress)],
            Staying = staying,
        };

        ComponentProgress Progress(Component component) => ComponentProgress.Of(component, passages, record, blueprint.Model);
    }

    private static string? ReasonToStay(Component component, Model model, Passages passages, MigrationRecord record)
    {
        if (passages.HistoryOf(component) is not null) return null;
        if (MigrationChecks.WhyNot(component, model, passages) is { } reason) return reason;
        if (!component.Stands) return "there is nothing to build of it in this stack";
        if (component.Kind.Stage != BuildStage.Record)
        {
            return passages.PlaceOf(component) == record.To && passages.SourceOf(component) is null
                ? $"it stands on {record.To.Name()} already"
                : null;
        }

        return component.References.Any(reference => reference.Kind.IsEntrance && ReasonToStay(reference, model, passages, record) is null)
            ? null
            : "it leads to nothing that moves";
    }

    // What infra:placement names stays where it says, unless it has set out; a name goes with what it leads to.
    private static bool Moves(Component component, Passages passages, StackSettings settings) =>
        passages.HistoryOf(component) is not null
        || (component.Kind.Stage == BuildStage.Record
            ? component.References.Any(reference => reference.Kind.IsEntrance && Moves(reference, passages, settings))
            : !settings.Placement.ContainsKey(component.Name));
}

/// <summary>Where a component stands on its way to another cloud.</summary>
internal sealed record ComponentProgress
{
    /// <summary>The component.</summary>
    public required Component Component { get; init; }

    /// <summary>
    /// The cloud that it leaves; of a name, that from which its traffic is taken; of what comes from outside, what the system calls that.
    /// </summary>
    public required string From { get; init; }

    /// <summary>What has happened to it; null where it has not set out, as a name that follows what it leads to.</summary>
    public required ComponentMigration? History { get; init; }

    /// <summary>The way in which its data moves; null where there is nothing to move.</summary>
    public required MoveWay? Way { get; init; }

    /// <summary>Who writes to it, by name.</summary>
    public required IReadOnlyList<string> Writers { get; init; }

    /// <summary>Its state; null where it has not set out.</summary>
    public MigrationState? State => History?.Last.State;

    /// <summary>Whether it is a name, which has no copies: it shares traffic between those of what it leads to.</summary>
    public bool IsName => Component.Kind.Stage == BuildStage.Record;

    /// <summary>Whether it is a name that goes with what it leads to, without a history of its own.</summary>
    public bool Follows => IsName && History is null;

    /// <summary>Whether nothing is left to do with it.</summary>
    public bool HasArrived => History is not null && Next.Count == 0;

    /// <summary>Whether its traffic may be shared between the copies.</summary>
    public bool IsShared => IsName || Component.Kind.IsEntrance;

    /// <summary>What may come next, the usual first; none where it has arrived.</summary>
    public IReadOnlyList<ForeseenStep> Next => History?.Last switch
    {
        null => IsName ? [new(MigrationState.Activated)] : [new(MigrationState.Migrated)],
        { State: MigrationState.Migrated } => [new(Way is { Pauses: true } ? MigrationState.Paused : MigrationState.Activated)],
        { State: MigrationState.Paused } or { IsPartial: true } => [new(MigrationState.Activated)],
        { State: MigrationState.Activated } when IsName => [],
        { State: MigrationState.Activated } last =>
            [new(MigrationState.Released, Component.Kind.IsEntrance ? last.At + MigrationChecks.Propagation : null)],
        { State: MigrationState.Released } => [new(MigrationState.Retired)],
        _ => [],
    };

    /// <summary>What going back costs in the state in which it is.</summary>
    public RollbackPoint Rollback => RollbackIn(State);

    /// <summary>What going back costs in a state.</summary>
    public RollbackPoint RollbackIn(MigrationState? state) => state switch
    {
        null or MigrationState.Migrated => RollbackPoint.R0,
        MigrationState.Paused => RollbackPoint.R1,
        MigrationState.Activated when LosesWrites && Way is not { Returns: true } => RollbackPoint.R3,
        MigrationState.Released when LosesWrites => RollbackPoint.R3,
        MigrationState.Activated or MigrationState.Released => RollbackPoint.R2,
        _ => RollbackPoint.R3,
    };

    // Nothing is lost of what nobody writes to.
    private bool LosesWrites => Component.Kind is { Stage: BuildStage.Store, Lasts: not null } && Writers.Count > 0;

    /// <summary>Looks at a component.</summary>
    public static ComponentProgress Of(Component component, Passages passages, MigrationRecord record, Model model)
    {
        var entrance = component.Kind.Stage == BuildStage.Record
            ? component.References.FirstOrDefault(reference => reference.Kind.IsEntrance)
            : null;
        return new()
        {
            Component = component,
            From = passages.SourceOf(component)?.External ?? passages.PlaceOf(entrance ?? component).Name(),
            History = passages.HistoryOf(component),
            Way = passages.WayOf(component),
            Writers = [.. Passages.WritersOf(component, model).Select(writer => writer.Name)],
        };
    }
}

/// <summary>A step that a component may take next.</summary>
/// <param name="State">The state that it reaches.</param>
/// <param name="NotBefore">From when on; null for at once.</param>
internal sealed record ForeseenStep(MigrationState State, DateTimeOffset? NotBefore = null);

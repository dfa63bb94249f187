using Infra.Components.Checks;

namespace Infra.Migrations;

/// <summary>In which waves a stack moves to another cloud, and what each of them needs, copies and interrupts.</summary>
internal sealed record MigrationPlan
{
    /// <summary>The stack's name.</summary>
    public required string Stack { get; init; }

    /// <summary>The system that it deploys.</summary>
    public required string System { get; init; }

    /// <summary>The environment: <c>production</c>, <c>staging</c> or <c>preview</c>.</summary>
    public required string Environment { get; init; }

    /// <summary>The cloud that is left: <c>infra:cloud</c>.</summary>
    public required string From { get; init; }

    /// <summary>The cloud that is gone to.</summary>
    public required string To { get; init; }

    /// <summary>The day on which it was worked out: year, month and day.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>How many components one wave moves, unless more cannot be parted.</summary>
    public required int AtMost { get; init; }

    /// <summary>Whether nothing is in the way: no surprise is an error. The exit code is 0 then, and 1 otherwise.</summary>
    public bool Ready => Surprises.All(surprise => surprise.Severity != Severity.Error);

    /// <summary>
    /// What the stack would meet on the new cloud, the worst first: what its plan there finds and its plan here does not, and what only
    /// moving brings about.
    /// </summary>
    public required IReadOnlyList<Finding> Surprises { get; init; }

    /// <summary>By what each component is provided, here and there.</summary>
    public required IReadOnlyList<ProductChange> Products { get; init; }

    /// <summary>What of the new copies cannot be changed once they hold data.</summary>
    public required IReadOnlyList<FixedSetting> Fixed { get; init; }

    /// <summary>What does not move, and why.</summary>
    public required IReadOnlyList<Staying> Stays { get; init; }

    /// <summary>What cannot be parted, and why.</summary>
    public required IReadOnlyList<Inseparable> Inseparable { get; init; }

    /// <summary>What is done once, before the first wave.</summary>
    public required IReadOnlyList<Preparation> Preparations { get; init; }

    /// <summary>The waves, in their order.</summary>
    public required IReadOnlyList<Wave> Waves { get; init; }

    /// <summary>How long all data takes to be copied where all of it begins at once, in seconds; null where it never ends.</summary>
    public required long? CopySeconds { get; init; }

    /// <summary>How long nobody may write in the longest window, in seconds; null where it never ends.</summary>
    public required long? PauseSeconds { get; init; }

    /// <summary>
    /// How long it takes from the first copy to the last release where each wave waits for the one before it, in seconds; null where it
    /// never ends.
    /// </summary>
    public required long? TotalSeconds { get; init; }
}

/// <summary>By what a component is provided on both clouds.</summary>
/// <param name="Component">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="FromBacking">How the old cloud provides it: <c>native</c>, <c>in-cluster</c>, <c>external</c> or <c>none</c>.</param>
/// <param name="FromProduct">By what the old cloud does.</param>
/// <param name="ToBacking">How the new cloud provides it.</param>
/// <param name="ToProduct">By what the new cloud does.</param>
/// <param name="Size">Which product of the new cloud its size became; null where there is no choice, or no plan.</param>
internal sealed record ProductChange(
    string Component,
    string Kind,
    string FromBacking,
    string FromProduct,
    string ToBacking,
    string ToProduct,
    string? Size);

/// <summary>What of a new copy cannot be changed once it holds data: another value takes a new one, which is empty.</summary>
/// <param name="Component">Its name.</param>
/// <param name="What">The resource's type, or <c>arguments</c>.</param>
/// <param name="Inputs">Which inputs or arguments.</param>
internal sealed record FixedSetting(string Component, string What, IReadOnlyList<string> Inputs);

/// <summary>Something to do beforehand.</summary>
/// <param name="Title">What, as an instruction.</param>
/// <param name="Notes">What there is to know of it, a sentence each.</param>
/// <param name="Commands">What to run for it.</param>
internal sealed record Preparation(string Title, IReadOnlyList<string> Notes, IReadOnlyList<string> Commands);

/// <summary>What moves on one day.</summary>
internal sealed record Wave
{
    /// <summary>Its number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The components that move by themselves, in the order in which they are activated.</summary>
    public required IReadOnlyList<string> Components { get; init; }

    /// <summary>Why the wave is what it is, as a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// How much it matters when something goes wrong: of each component 3 where its writers pause, 2 where what it holds lasts, 2 where
    /// traffic enters, 1 where the data is personal or confidential.
    /// </summary>
    public required int Risk { get; init; }

    /// <summary>
    /// What goes along without an entry of its own in <c>infra:migration</c>: parts of a component, and certificates of an entrance.
    /// </summary>
    public required IReadOnlyList<string> Along { get; init; }

    /// <summary>The hosts whose traffic moves with it.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>What is done before it.</summary>
    public required IReadOnlyList<Preparation> Preparations { get; init; }

    /// <summary>The new resources by their types; those that everything needs count where they are made first.</summary>
    public required IReadOnlyList<ResourceCount> Resources { get; init; }

    /// <summary>What of the data moves, how, and how long that takes.</summary>
    public required IReadOnlyList<MovedData> Data { get; init; }

    /// <summary>Who writes to what pauses, and has no replicas meanwhile.</summary>
    public required IReadOnlyList<string> Writers { get; init; }

    /// <summary>How long its data takes to be copied, in seconds; null where it never ends.</summary>
    public required long? CopySeconds { get; init; }

    /// <summary>How long nobody may write, in seconds: 0 where nobody pauses; null where it never ends.</summary>
    public required long? PauseSeconds { get; init; }

    /// <summary>The formula of that, with its numbers; none where nobody pauses.</summary>
    public required IReadOnlyList<UsedFormula> Pause { get; init; }

    /// <summary>The links that cross from one cloud to the other once the wave is activated.</summary>
    public required IReadOnlyList<CrossingLink> Crossing { get; init; }

    /// <summary>The states, in their order: each is an entry in <c>infra:migration</c> and one <c>pulumi up</c>.</summary>
    public required IReadOnlyList<MoveStep> Steps { get; init; }

    /// <summary>How it is taken back, and what that costs.</summary>
    public required IReadOnlyList<WayBack> Rollback { get; init; }

    /// <summary>What must hold before traffic or writes move.</summary>
    public required IReadOnlyList<string> Checks { get; init; }
}

/// <summary>New resources of a type.</summary>
/// <param name="Type">The Pulumi type.</param>
/// <param name="Count">How many.</param>
internal sealed record ResourceCount(string Type, int Count);

/// <summary>What of a component's data moves.</summary>
internal sealed record MovedData
{
    /// <summary>The component.</summary>
    public required string Component { get; init; }

    /// <summary>What it holds, in words.</summary>
    public required string Holds { get; init; }

    /// <summary>The way in which it moves, as <c>infra:migration.ways</c> calls it; null where its kind has none.</summary>
    public required string? Way { get; init; }

    /// <summary>What happens, in one sentence.</summary>
    public required string Meaning { get; init; }

    /// <summary>Whether its writers pause.</summary>
    public required bool Pauses { get; init; }

    /// <summary>Whether what is written to the new copy is carried back, so that going back loses nothing.</summary>
    public required bool Returns { get; init; }

    /// <summary>How long it takes to be copied, in seconds: 0 where nothing is counted; null where it never ends.</summary>
    public required long? CopySeconds { get; init; }

    /// <summary>How long the rest takes once nobody writes, in seconds: 0 where nobody pauses; null where it never ends.</summary>
    public required long? FinalSeconds { get; init; }

    /// <summary>The formulas, with their numbers.</summary>
    public required IReadOnlyList<UsedFormula> Formulas { get; init; }

    /// <summary>The figures in them, and where each comes from.</summary>
    public required IReadOnlyList<GivenFigure> Figures { get; init; }
}

/// <summary>A formula with its numbers.</summary>
/// <param name="Name">What it gives.</param>
/// <param name="Formula">The formula.</param>
/// <param name="Numbers">The same with numbers.</param>
/// <param name="Result">What comes out, with its unit.</param>
internal sealed record UsedFormula(string Name, string Formula, string Numbers, string Result);

/// <summary>A link that crosses from one cloud to the other.</summary>
/// <param name="Consumer">Who uses.</param>
/// <param name="ConsumerCloud">Where it serves.</param>
/// <param name="Target">What is used.</param>
/// <param name="TargetCloud">Where that serves.</param>
/// <param name="Over">Over what: <c>relay</c>, <c>public-api</c> or <c>carried</c>.</param>
internal sealed record CrossingLink(string Consumer, string ConsumerCloud, string Target, string TargetCloud, string Over);

/// <summary>A step of a wave.</summary>
/// <param name="State">The state: <c>migrated</c>, <c>paused</c>, <c>activated</c>, <c>released</c> or <c>retired</c>.</param>
/// <param name="Percent">The share of the traffic that goes to the new copies; null for all of it.</param>
/// <param name="Components">Whose state it is.</param>
/// <param name="AfterSeconds">How long after the step before it, in seconds; null where it waits for the data instead.</param>
/// <param name="Meaning">What happens, and when the next step may be taken, as sentences.</param>
internal sealed record MoveStep(string State, int? Percent, IReadOnlyList<string> Components, long? AfterSeconds, string Meaning);

/// <summary>A point from which a wave can be taken back.</summary>
/// <param name="Point">Which: <c>R0</c> to <c>R3</c>.</param>
/// <param name="Until">How long it is open, in words.</param>
/// <param name="Cost">How it is taken back, and what that costs.</param>
internal sealed record WayBack(string Point, string Until, string Cost);

using System.Text.Json;
using Infra.Components.Checks;

namespace Infra.Changes;

/// <summary>
/// What deploying a plan does to a stack that another plan was deployed to. It is worked out from the two documents and from what is known
/// of resource types; it holds no secret value.
/// </summary>
public sealed record PlanChanges
{
    /// <summary>The stack's name.</summary>
    public required string Stack { get; init; }

    /// <summary>What is taken to be deployed, in words: which stack file, planned by which program.</summary>
    public required string From { get; init; }

    /// <summary>What would be deployed, in words.</summary>
    public required string To { get; init; }

    /// <summary>
    /// The worst that happens: <c>nothing</c>, <c>ignored</c>, <c>created</c>, <c>in place</c>, <c>removed</c>, <c>replaced</c>,
    /// <c>interruption</c>, <c>address lost</c>, <c>data lost</c>, <c>refused</c> or <c>collides</c>.
    /// </summary>
    public required Effect Effect { get; init; }

    /// <summary>
    /// Whether it goes through and loses no data, or the stack file accepts that: the exit code is 0 then, and 1 otherwise.
    /// </summary>
    public required bool Safe { get; init; }

    /// <summary>Every component that changes, in the order of construction; what is removed stands last.</summary>
    public required IReadOnlyList<ComponentChange> Components { get; init; }

    /// <summary>What the author should know of the change.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}

/// <summary>What happens to a component, or to the stack's providers.</summary>
public sealed record ComponentChange
{
    /// <summary>The declared component's name; <c>providers</c> for these.</summary>
    public required string Name { get; init; }

    /// <summary>What it is; null for providers.</summary>
    public required string? Kind { get; init; }

    /// <summary>Where it stands; null for providers.</summary>
    public required string? Cloud { get; init; }

    /// <summary>The worst that happens to it, in the words of the whole.</summary>
    public required Effect Effect { get; init; }

    /// <summary>What is lost for good, in words; null when nothing is.</summary>
    public required string? Loses { get; init; }

    /// <summary>The arguments that change, where both plans say what was decided.</summary>
    public required IReadOnlyList<Difference> Arguments { get; init; }

    /// <summary>Its resources that change.</summary>
    public required IReadOnlyList<ResourceChange> Resources { get; init; }
}

/// <summary>What happens to a resource.</summary>
public sealed record ResourceChange
{
    /// <summary>The Pulumi type.</summary>
    public required string Type { get; init; }

    /// <summary>The logical name.</summary>
    public required string Name { get; init; }

    /// <summary>Its URN.</summary>
    public required string Urn { get; init; }

    /// <summary>
    /// What Pulumi does: <c>create</c>, <c>update</c>, <c>replace</c>, <c>delete</c>, or <c>forget</c> for what stays in the cloud.
    /// </summary>
    public required Operation Operation { get; init; }

    /// <summary>What that means, in the words of the whole.</summary>
    public required Effect Effect { get; init; }

    /// <summary>Whether the old one is deleted before the new one is made; null where none is replaced.</summary>
    public required bool? DeletedFirst { get; init; }

    /// <summary>The condition under which it is replaced, in words; null when that is certain, or it is not.</summary>
    public required string? Condition { get; init; }

    /// <summary>What is to be known beside that, in words; null when nothing is.</summary>
    public required string? Remark { get; init; }

    /// <summary>The inputs that change.</summary>
    public required IReadOnlyList<Difference> Inputs { get; init; }
}

/// <summary>A value that changes.</summary>
public sealed record Difference
{
    /// <summary>Where, such as <c>settings.tier</c>; inside JSON text, <c>policy#.Statement[0].Resource</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What it was; null where it was not given, or is secret.</summary>
    public required JsonElement? From { get; init; }

    /// <summary>What it becomes; null where it is not given, or is secret.</summary>
    public required JsonElement? To { get; init; }

    /// <summary>Whether it is, or was, a secret: then only that it changes is said.</summary>
    public required bool Secret { get; init; }

    /// <summary>What the change of this value does, in the words of the whole; null for most arguments.</summary>
    public required Effect? Effect { get; init; }

    /// <summary>Why, or under which condition; null when there is nothing to say.</summary>
    public required string? Note { get; init; }
}

/// <summary>What Pulumi does with a resource.</summary>
public enum Operation
{
    /// <summary>Makes it.</summary>
    Create,

    /// <summary>Changes it.</summary>
    Update,

    /// <summary>Makes a new one in its place.</summary>
    Replace,

    /// <summary>Deletes it.</summary>
    Delete,

    /// <summary>Forgets it: it stays in the cloud, and nobody manages it.</summary>
    Forget,
}

/// <summary>What a change means for a deployed stack; the later, the worse.</summary>
public enum Effect
{
    /// <summary>Nothing happens.</summary>
    Nothing,

    /// <summary>The change has no effect: the program or the provider ignores it.</summary>
    Ignored,

    /// <summary>Something new is made beside what is there.</summary>
    Created,

    /// <summary>It changes while it goes on working.</summary>
    InPlace,

    /// <summary>It goes, and nothing that lasts goes with it.</summary>
    Removed,

    /// <summary>A new one takes its place, and nothing that lasts goes with the old one.</summary>
    Replaced,

    /// <summary>It does not answer for a while.</summary>
    Interruption,

    /// <summary>The address or name by which others outside the stack know it is another afterwards.</summary>
    AddressLost,

    /// <summary>Data that others wrote is gone.</summary>
    DataLost,

    /// <summary>Pulumi refuses, because it is protected, or the cloud does: the update stops there.</summary>
    Refused,

    /// <summary>The cloud refuses, because what is there already has the same name: the update stops there.</summary>
    Collides,
}

/// <summary>The effects and operations in words.</summary>
public static class EffectNames
{
    /// <summary>The effect, as documents spell it.</summary>
    public static string Name(this Effect effect) => effect switch
    {
        Effect.Nothing => "nothing",
        Effect.Ignored => "ignored",
        Effect.Created => "created",
        Effect.InPlace => "in place",
        Effect.Removed => "removed",
        Effect.Replaced => "replaced",
        Effect.Interruption => "interruption",
        Effect.AddressLost => "address lost",
        Effect.DataLost => "data lost",
        Effect.Refused => "refused",
        Effect.Collides => "collides",
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, "not an effect"),
    };

    /// <summary>The operation, as documents spell it.</summary>
    public static string Name(this Operation operation) => operation.ToString().ToLowerInvariant();

    /// <summary>Whether data is lost, or the update does not go through.</summary>
    public static bool IsUnsafe(this Effect effect) => effect >= Effect.DataLost;
}

using Infra.Components.Systems;

namespace Infra.Components.Placements;

/// <summary>What a copy of a component is for. Without a migration every component has one copy, which serves.</summary>
public enum StandingState
{
    /// <summary>The only copy, or the one that consumers, routes and records use.</summary>
    Active,

    /// <summary>A copy beside the one that serves: it stands, and nothing uses it yet, or any more.</summary>
    Beside,
}

/// <summary>
/// One copy of a component: on which cloud it stands, and in which state. Everything that must not be mistaken for another copy's is keyed
/// by it: logins, ports, keys, names and outputs.
/// </summary>
/// <param name="component">The component, its arguments resolved.</param>
/// <param name="cloud">The cloud.</param>
/// <param name="state">What the copy is for.</param>
/// <param name="passage">The component's way to another cloud; null where it is on none.</param>
public sealed class Standing(
    Component component,
    Cloud cloud,
    StandingState state = StandingState.Active,
    Passage? passage = null)
{
    /// <summary>The component, its arguments resolved.</summary>
    public Component Component => component;

    /// <summary>The cloud on which it stands.</summary>
    public Cloud Cloud => cloud;

    /// <summary>What the copy is for.</summary>
    public StandingState State => state;

    /// <summary>The component's way to another cloud; null where it is on none.</summary>
    public Passage? Passage => passage;

    /// <summary>Whether it is the copy that is left behind.</summary>
    public bool IsLeft => passage is { IsFromOutside: false } && passage.From == cloud;

    /// <summary>
    /// Whether it is protected against deletion where the environment protects: not before it serves, so that setting out can be undone,
    /// and not once it is released.
    /// </summary>
    public bool IsProtected =>
        component is not IMover
        && !Kind.FollowsConsumers
        && (passage is null or { IsFromOutside: true } || (IsLeft ? passage.State < MigrationState.Released : passage.HasArrived));

    /// <summary>The component's name.</summary>
    public string Name => component.Name;

    /// <summary>What the component is.</summary>
    public ComponentKind Kind => component.Kind;

    /// <summary>The component's arguments.</summary>
    public Arguments Arguments => component.Arguments;

    /// <summary>
    /// What a cloud calls it: by its name where it stands there itself, and by its name and its cloud's letters elsewhere, so that two
    /// copies of a consumer have a login and a key each.
    /// </summary>
    public string NameOn(Cloud other) => other == cloud ? Name : $"{Name}-{cloud.Code()}";

    /// <inheritdoc/>
    public override string ToString() => $"{Name} on {cloud.Name()}";
}

/// <summary>A link between two copies: of the consumer, and of what it uses.</summary>
/// <param name="Consumer">The consumer's copy.</param>
/// <param name="Target">The target's copy.</param>
/// <param name="Declared">The link as the system declares it.</param>
public sealed record StandingLink(Standing Consumer, Standing Target, Link Declared)
{
    /// <summary>What the consumer does with the target.</summary>
    public Intent Intent => Declared.Intent;

    /// <summary>The prefix of the consumer's environment variables.</summary>
    public string Prefix => Declared.Prefix;

    /// <summary>Whether the two stand on different clouds.</summary>
    public bool CrossesClouds => Consumer.Cloud != Target.Cloud;

    /// <summary>The name of what the consumer's cloud keeps for it, such as a secret: the consumer's name and the prefix.</summary>
    public string Name => NameOn(Consumer.Cloud);

    /// <summary>
    /// The name of what a cloud keeps for it, such as a key: what the cloud calls the consumer, and the prefix, such as
    /// <c>shop-database</c>.
    /// </summary>
    public string NameOn(Cloud cloud) =>
        ShortName.Of($"{Consumer.NameOn(cloud)}-{Prefix.Replace('_', '-').ToLowerInvariant()}", ShortName.OfTwo);
}

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

/// <summary>
/// What of something outside of the stack fills a component: the database of a hosting service, the bucket of another account. Nobody stops
/// those who write there, so that whoever pauses the component has done so.
/// </summary>
public sealed record MigrationSource
{
    /// <summary>The <c>External</c> of the system that it is a part of.</summary>
    public required string External { get; init; }

    /// <summary>The <c>Secret</c> of the system that holds the password, or the secret half of a bucket's key.</summary>
    public required string Password { get; init; }

    /// <summary>The login, or the open half of a bucket's key. Default: <c>default</c>, which is a login of caches alone.</summary>
    public string Username { get; init; } = "default";

    /// <summary>What the database or the bucket is called there. Default: as the component.</summary>
    public string? Name { get; init; }

    /// <summary>The region of a bucket, for signatures. Default: <c>us-east-1</c>, which stores without regions want.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>
    /// Whether the certificate must name the host. Default: true. False is for a server whose own certificate, which names another, stands
    /// in <c>certificateAuthority</c> of the external.
    /// </summary>
    public bool VerifyHost { get; init; } = true;

    /// <summary>What movers of databases and caches are told of that.</summary>
    internal string TlsMode => VerifyHost ? "verify-full" : "verify-ca";
}

/// <summary>Something outside of the stack that a component can be filled from.</summary>
internal interface IOutside
{
    /// <summary>Whether what it sends is encrypted on the way.</summary>
    bool IsEncrypted { get; }

    /// <summary>Whether it is known who signs its certificate.</summary>
    bool NamesAuthority { get; }
}

/// <summary>What of something outside of the stack fills a component, with what of the system it takes to reach it.</summary>
/// <param name="Source">What the stack file says of it.</param>
/// <param name="External">The external, resolved.</param>
/// <param name="Password">The secret that holds its password, resolved.</param>
internal sealed record OutsideCopy(MigrationSource Source, Component External, Component Password);

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

    /// <summary>What outside of the stack it is filled from; null where a copy of its own on the cloud that it leaves does that.</summary>
    public OutsideCopy? Outside { get; init; }
}

/// <summary>How movers come to what they read.</summary>
internal static class MoverLinks
{
    /// <summary>Lets a mover read the copy that is left, or what stands outside of the stack in its place.</summary>
    /// <param name="mover">The mover.</param>
    /// <param name="move">What moves.</param>
    /// <param name="prefix">The prefix of its variables.</param>
    /// <param name="password">What follows the prefix in the variable of the password outside of the stack. Default: PASSWORD.</param>
    public static T ReadsWhatMoves<T>(this T mover, Move move, string prefix, string password = "PASSWORD")
        where T : Consumer => move.Outside is { } outside
        ? mover.Calls(outside.External, prefix).Reads(outside.Password, $"{prefix}_{password}")
        : mover.Reads(move.Component, prefix);
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

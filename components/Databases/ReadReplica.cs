using Infra.Components.Checks;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Databases;

/// <summary>
/// A copy of a server that its engine keeps up to date, for consumers that only read and bear that it lags behind. It stands wherever its
/// server does, on a machine of its own, and nothing in it lasts: its rows and its logins are the server's.
/// </summary>
public sealed class ReadReplica(string name, ReadReplicaArgs args) : Component<ReadReplicaArgs>(name, args)
{
    /// <inheritdoc/>
    public override ComponentKind Kind => ReadReplicaKind.Instance;

    /// <inheritdoc/>
    public override IEnumerable<Component> References => Args.Database is { } database ? [Args.Of, database] : [Args.Of];

    /// <inheritdoc/>
    public override Component? StandsOn => Args.Of;

    /// <inheritdoc/>
    public override Component? ReachedAt => null;

    /// <inheritdoc/>
    public override Component WrittenAt => Args.Database is { } database ? database : Args.Of;
}

/// <summary>The arguments of a read replica. Its data class is its server's, where that one is the more sensitive.</summary>
public sealed record ReadReplicaArgs : Arguments
{
    /// <summary>
    /// The server that it copies, with all its databases, version, parameters and volume. With another one, it is made anew.
    /// </summary>
    public required ManagedDatabase Of { get; init; }

    /// <summary>The database of the server that its consumers read. Default: null, the server's own.</summary>
    public LogicalDatabase? Database { get; init; }

    /// <summary>
    /// The promised vCPU and memory, as a database's: the server's size or a larger one, because a smaller machine allows fewer connections
    /// than the server's, with which PostgreSQL stops following it. Default: null, the machine of the server.
    /// </summary>
    public Size? Size { get; init; }

    /// <summary>What size it has.</summary>
    internal Size EffectiveSize => Size ?? Of.Args.Size;

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        Decision.Of(EffectiveSize),
        new("of", Of.Name),
        .. Database is { } database ? new[] { new Decision("database", database.Args.Database) } : [],
    ];

    /// <inheritdoc/>
    public override Arguments For(EnvironmentProfile profile) => this with { Size = Size is { } size ? profile.Limit(size) : null };

    /// <inheritdoc/>
    public override Arguments Referring(References replacement) => this with
    {
        Of = replacement.Of(Of),
        Database = Database is { } database ? replacement.Of(database) : null,

        // What it holds is no less sensitive than where it comes from.
        DataClass = (DataClass)Math.Max((int)DataClass, (int)replacement.Of(Of).Args.DataClass),
    };

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        guard.Require(
            EffectiveSize >= Of.Args.Size,
            nameof(Size),
            EffectiveSize,
            $"{string.Join(", ", Enum.GetValues<Size>().Where(size => size >= Of.Args.Size))}: no smaller than '{Of.Name}', or its engine "
            + "stops following it",
            "Leave Size out for the server's own");
        guard.Require(
            Database is null || Database.Args.Server == Of,
            nameof(Database),
            Database is null ? null : $"'{Database.Name}', which stands on '{Database.Args.Server.Name}'",
            $"a LogicalDatabase that stands on '{Of.Name}', or none for its own",
            "Change Database or Of");
    }

    /// <summary>What is in the database that its consumers read, which know it as the component of that name.</summary>
    internal DatabaseContents Contents(string component) =>
        (Database is { } database ? database.Args.Contents(component) : Of.Args.Contents) with { Part = component };
}

/// <summary>What every cloud gives for a read replica. Logins are not among it: every consumer gets one of its own.</summary>
public interface IReadReplica
{
    /// <summary>Its own private host name or address.</summary>
    Output<string> Host { get; }

    /// <summary>The port.</summary>
    Output<string> Port { get; }

    /// <summary>The database's name.</summary>
    Output<string> Database { get; }

    /// <summary>The certificates that sign its own, as PEM.</summary>
    Output<string> CertificateAuthority { get; }
}

using Infra.Components.Checks;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Databases;

/// <summary>
/// Another database of a server that is declared: its consumers have logins of their own in it and see nothing of the server's others. It
/// shares the server's machines, backups, parameters and version, and stands wherever the server does.
/// </summary>
public sealed class LogicalDatabase(string name, LogicalDatabaseArgs args)
    : Component<LogicalDatabaseArgs>(name, string.IsNullOrEmpty(args.Database) ? args with { Database = name.Replace('-', '_') } : args)
{
    /// <inheritdoc/>
    public override ComponentKind Kind => LogicalDatabaseKind.Instance;

    /// <inheritdoc/>
    public override IEnumerable<Component> References => [Args.Server];

    /// <inheritdoc/>
    public override Component? StandsOn => Args.Server;
}

/// <summary>The arguments of a further database of a server.</summary>
public sealed record LogicalDatabaseArgs : Arguments
{
    /// <summary>The server: the database whose machines it shares.</summary>
    public required ManagedDatabase Server { get; init; }

    /// <summary>
    /// The database's name: lower-case letters, digits and underscores, and no other's of its server. Default: the component's name, with
    /// underscores. With another name, another and empty database is used; the old one stays on the server until it is dropped by hand.
    /// </summary>
    public string Database { get; init; } = "";

    /// <summary>
    /// The extensions of PostgreSQL that are made in it before its first consumer starts; of the same that its server may have. Default:
    /// none.
    /// </summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>
    /// The schemas of PostgreSQL in which its consumers' names without a schema are looked up, in this order, <c>public</c> last where it
    /// is not named; what is created without a schema's name goes into the first. Missing ones are made and belong to the writers. One that
    /// is taken off the list stays. At most 5. Default: none, <c>public</c> alone.
    /// </summary>
    public IReadOnlyList<string> SearchPath { get; init; } = [];

    /// <summary>
    /// What it begins from, which a stack's file states: <c>beginsFrom: { bucket: dumps, dump: archive.dump }</c>; a snapshot is its
    /// server's. It is read when the database is made, before any consumer starts, and never after: another value, or none, changes nothing
    /// of a database that holds tables. Default: null, empty.
    /// </summary>
    public DatabaseOrigin? BeginsFrom { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        new("server", Server.Name), new("database", Database), .. Contents("").Decisions,
        .. BeginsFrom is { } origin ? new[] { new Decision("begins from", origin.InWords) } : [],
    ];

    /// <inheritdoc/>
    public override Arguments Referring(References replacement) => this with { Server = replacement.Of(Server) };

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        Contents(guard.Component).Check(guard);
        if (BeginsFrom is { IsSnapshot: true } origin)
        {
            guard.Refuse(
                $"{nameof(BeginsFrom)}.{nameof(DatabaseOrigin.Snapshot)}",
                $"'{origin.Snapshot}'",
                "a dump, because a snapshot brings back a whole server",
                $"Let '{Server.Name}' begin from it, or dump this database alone");
        }
        else
        {
            BeginsFrom?.Check(nameof(BeginsFrom), guard);
        }
    }

    /// <summary>What it is, as the component of that name.</summary>
    internal DatabaseContents Contents(string component) => new()
    {
        Engine = Server.Args.Engine,
        Version = Server.Args.Version,
        Database = Database,
        Extensions = Extensions,
        SearchPath = SearchPath,
        Part = component,
    };
}

/// <summary>What every cloud gives for a further database of a server.</summary>
public interface ILogicalDatabase
{
    /// <summary>The server's private host name; it stays when a standby takes over.</summary>
    Output<string> Host { get; }

    /// <summary>The server's port.</summary>
    Output<string> Port { get; }

    /// <summary>The database's name.</summary>
    Output<string> Database { get; }

    /// <summary>The certificates that sign the server's, as PEM.</summary>
    Output<string> CertificateAuthority { get; }
}

using Infra.Components.Clouds;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Databases;

/// <summary>A database built on a cloud: a server's own, another of it, or one of the two as a replica of the server has it.</summary>
/// <param name="args">The arguments of its server.</param>
/// <param name="contents">Which of the server's databases it is.</param>
/// <param name="placement">Where it stands, by what, and whose it is.</param>
internal abstract class PlacedDatabase(ManagedDatabaseArgs args, DatabaseContents contents, PlacedComponentArgs placement)
    : PlacedServer(placement), IManagedDatabase, ILogicalDatabase, IReadReplica
{
    /// <inheritdoc cref="IManagedDatabase.Database"/>
    [Output]
    public Output<string> Database { get; protected set; } = null!;

    /// <inheritdoc cref="IManagedDatabase.CertificateAuthority"/>
    [Output]
    public Output<string> CertificateAuthority { get; protected set; } = null!;

    /// <summary>
    /// Whether the server's certificate names the host at which consumers enter: otherwise they verify its authority alone. Default: true.
    /// </summary>
    public virtual bool NamesItsHost => true;

    /// <summary>Where its logins are made: itself, or what it copies, from which they come with the rows.</summary>
    public virtual PlacedDatabase Writer => this;

    /// <summary>The arguments of its server.</summary>
    protected ManagedDatabaseArgs Args => args;

    /// <summary>Whether it has to be made with its first login, because no API makes it. Default: false.</summary>
    protected virtual bool IsMadeWithLogins => false;

    /// <summary>A consumer's login with the least privileges for its intent.</summary>
    /// <param name="consumer">What the cloud calls the consumer.</param>
    /// <param name="link">Its link.</param>
    protected DatabaseGrant GrantTo(string consumer, StandingLink link) =>
        GrantTo(consumer, link.Intent) with
        {
            Carries = link.Consumer.Component is IMover,
            Follows = PostgreSqlMover.Follows(link.Consumer.Component),
        };

    /// <summary>A login with the least privileges for an intent.</summary>
    /// <param name="consumer">What the cloud calls the consumer.</param>
    /// <param name="intent">What it does.</param>
    protected DatabaseGrant GrantTo(string consumer, Intent intent) =>
        new(contents.Engine, contents.Version, contents.Database, consumer, intent)
        {
            Extensions = DatabaseExtensions.Complete(contents.Extensions),
            SearchPath = contents.SearchPath,
            Part = contents.Part,
            MadeFrom = IsMadeWithLogins ? args.Database : null,
            VerifiesName = Writer.NamesItsHost,
        };

    /// <summary>Takes over from the server where consumers enter, and who signs its certificate.</summary>
    protected void StandOn(PlacedDatabase server)
    {
        (Host, Port, CertificateAuthority) = (server.Host, server.Port, server.CertificateAuthority);
        Database = Output.Create(contents.Database);
    }

    /// <summary>What a consumer must know.</summary>
    /// <param name="entrance">Where it enters.</param>
    /// <param name="username">Its login.</param>
    /// <param name="password">Its password.</param>
    /// <param name="tlsMode">How it must treat TLS, in libpq's words.</param>
    protected Connection ConnectionAt(
        (Output<string> Host, Output<string> Port) entrance,
        Output<string> username,
        Output<string> password,
        string tlsMode) =>
        DatabaseConnection.To(
            args.Scheme,
            entrance.Host,
            entrance.Port,
            Database,
            username,
            password,
            CertificateAuthority,
            tlsMode);
}

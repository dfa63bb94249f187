using Infra.Components.Clouds;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Databases;

/// <summary>A database built on a cloud.</summary>
internal abstract class PlacedDatabase(ManagedDatabaseArgs args, PlacedComponentArgs placement) : PlacedServer(placement), IManagedDatabase
{
    /// <inheritdoc/>
    [Output]
    public Output<string> Database { get; protected set; } = null!;

    /// <inheritdoc/>
    [Output]
    public Output<string> CertificateAuthority { get; protected set; } = null!;

    /// <summary>The arguments.</summary>
    protected ManagedDatabaseArgs Args => args;

    /// <summary>
    /// Whether the server's certificate names the host at which consumers enter: otherwise they verify its authority alone. Default: true.
    /// </summary>
    protected virtual bool NamesItsHost => true;

    /// <summary>A consumer's login with the least privileges for its intent.</summary>
    protected DatabaseGrant GrantTo(string consumer, Intent intent) => new(args.Engine, args.Version, args.Database, consumer, intent)
    {
        Extensions = DatabaseExtensions.Complete(args.Extensions),
        VerifiesName = NamesItsHost,
    };

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

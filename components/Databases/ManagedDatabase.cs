using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Databases;

/// <summary>A relational database that its cloud, or an operator, looks after.</summary>
public sealed class ManagedDatabase(string name, ManagedDatabaseArgs? args = null) : Component<ManagedDatabaseArgs>(name, args ?? new())
{
    /// <inheritdoc/>
    public override ComponentKind Kind => ManagedDatabaseKind.Instance;
}

/// <summary>What every cloud gives for a database. Logins are not among it: every consumer gets one of its own.</summary>
public interface IManagedDatabase
{
    /// <summary>The private host name; it stays when a standby takes over.</summary>
    Output<string> Host { get; }

    /// <summary>The port.</summary>
    Output<string> Port { get; }

    /// <summary>The database's name.</summary>
    Output<string> Database { get; }

    /// <summary>The certificates that sign the server's, as PEM.</summary>
    Output<string> CertificateAuthority { get; }
}

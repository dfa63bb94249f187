using Infra.Components.Clouds;
using Pulumi;
using static Infra.Components.Clouds.Connection;

namespace Infra.Components.Databases;

/// <summary>What a consumer must know to use a database.</summary>
public static class DatabaseConnection
{
    /// <summary>To a relational database.</summary>
    /// <param name="scheme">The scheme of the url: <c>postgresql</c> or <c>mysql</c>.</param>
    /// <param name="host">The host name.</param>
    /// <param name="port">The port.</param>
    /// <param name="database">The database's name.</param>
    /// <param name="username">The consumer's own login.</param>
    /// <param name="password">Its password: letters and digits only, so that the url needs no escaping.</param>
    /// <param name="certificateAuthority">The certificates that sign the server's, as PEM.</param>
    /// <param name="tlsMode">How the client must treat TLS, in libpq's words: <c>verify-full</c> or <c>require</c>.</param>
    public static Connection To(
        string scheme,
        Output<string> host,
        Output<string> port,
        Output<string> database,
        Output<string> username,
        Output<string> password,
        Output<string> certificateAuthority,
        string tlsMode) => new(
            Plain("HOST", host),
            Plain("PORT", port),
            Plain("DATABASE", database),
            Plain("USERNAME", username),
            Secret("PASSWORD", password),
            Plain("CA", certificateAuthority),
            OneWord("TLS_MODE", tlsMode),
            Secret("URL", Output.Format($"{scheme}://{username}:{password}@{host}:{port}/{database}?{Mode(scheme, tlsMode)}")));

    private static string Mode(string scheme, string tlsMode) => scheme == "mysql" ? "ssl-mode=REQUIRED" : $"sslmode={tlsMode}";
}

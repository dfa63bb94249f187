using Infra.Components.Clouds;
using Pulumi;
using static Infra.Components.Clouds.Connection;

namespace Infra.Components.Caches;

/// <summary>What a consumer must know to use a cache.</summary>
public static class CacheConnection
{
    /// <summary>Clients verify the server's authority and its name.</summary>
    internal const string VerifyFull = "verify-full";

    /// <summary>Clients verify the server's authority: what they connect to may not be a name of its certificate.</summary>
    internal const string VerifyAuthority = "verify-ca";

    /// <summary>To a cache that speaks the Redis protocol over TLS.</summary>
    /// <param name="host">The host name.</param>
    /// <param name="port">The port.</param>
    /// <param name="username">The login; <c>default</c> where the cache has only one.</param>
    /// <param name="password">Its password: letters and digits only.</param>
    /// <param name="certificateAuthority">
    /// The certificates that sign the server's, as PEM; null, which the consumer sees as empty, where a public authority does.
    /// </param>
    /// <param name="tlsMode">How the client must treat TLS: <c>verify-full</c> or <c>verify-ca</c>.</param>
    public static Connection To(
        Output<string> host,
        Output<string> port,
        Output<string> username,
        Output<string> password,
        Output<string>? certificateAuthority,
        string tlsMode) => new(
            Plain("HOST", host),
            Plain("PORT", port),
            Plain("USERNAME", username),
            Secret("PASSWORD", password),
            PlainIfAny("CA", certificateAuthority),
            OneWord("TLS_MODE", tlsMode),
            Secret("URL", Output.Format($"rediss://{username}:{password}@{host}:{port}")));
}

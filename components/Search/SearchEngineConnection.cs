using Infra.Components.Clouds;
using Pulumi;
using static Infra.Components.Clouds.Connection;

namespace Infra.Components.Search;

/// <summary>What a consumer must know to use a search engine.</summary>
public static class SearchEngineConnection
{
    /// <summary>Clients verify the server's authority and its name.</summary>
    internal const string VerifyFull = "verify-full";

    /// <summary>Clients verify no name: what they connect to is none of the certificate's.</summary>
    internal const string Encrypt = "require";

    /// <summary>To the REST API of OpenSearch, over TLS.</summary>
    /// <param name="host">The host name.</param>
    /// <param name="port">The port.</param>
    /// <param name="username">The consumer's own login.</param>
    /// <param name="password">Its password: letters, digits and hyphens only.</param>
    /// <param name="certificateAuthority">
    /// The certificates that sign the server's, as PEM; null, which the consumer sees as empty, where a public authority does.
    /// </param>
    /// <param name="isRelayed">Whether the consumer comes through a relay, whose address is not in the server's certificate.</param>
    public static Connection To(
        Output<string> host,
        Output<string> port,
        Output<string> username,
        Output<string> password,
        Output<string>? certificateAuthority,
        bool isRelayed) => new(
            Plain("HOST", host),
            Plain("PORT", port),
            Plain("USERNAME", username),
            Secret("PASSWORD", password),
            PlainIfAny("CA", certificateAuthority),
            OneWord("TLS_MODE", isRelayed ? Encrypt : VerifyFull),
            Secret("URL", Output.Format($"https://{username}:{password}@{host}:{port}")));
}

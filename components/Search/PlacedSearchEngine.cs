using Infra.Components.Clouds;
using Pulumi;

namespace Infra.Components.Search;

/// <summary>A search engine built on a cloud.</summary>
internal abstract class PlacedSearchEngine(PlacedComponentArgs placement) : PlacedServer(placement), ISearchEngine
{
    /// <summary>What a consumer must know.</summary>
    /// <param name="relay">Where it enters when it comes from another cloud; null otherwise.</param>
    /// <param name="granted">What makes its login.</param>
    /// <param name="username">Its login.</param>
    /// <param name="password">Its password.</param>
    /// <param name="certificateAuthority">The certificates that sign the server's; null where a public authority does.</param>
    protected Connection ConnectionAt(
        RelayEndpoint? relay,
        CustomResource? granted,
        Output<string> username,
        Output<string> password,
        Output<string>? certificateAuthority)
    {
        var (host, port) = EntranceFor(relay, granted);
        return SearchEngineConnection.To(host, port, username, password, certificateAuthority, relay is not null);
    }
}

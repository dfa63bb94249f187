using Infra.Components.Systems;

namespace Infra.Components.Search;

/// <summary>An application's search engine.</summary>
public sealed class SearchEngineKind : ComponentKind
{
    private SearchEngineKind()
        : base("SearchEngine", BuildStage.Store)
    {
    }

    /// <summary>The kind.</summary>
    public static SearchEngineKind Instance { get; } = new();

    /// <inheritdoc/>
    public override string? Lasts => "the indices";

    /// <inheritdoc/>
    public override IReadOnlyList<string> RisingArguments { get; } = ["version"];

    /// <inheritdoc/>
    public override IReadOnlyList<ConnectionKey> ConnectionKeys { get; } =
    [
        new("HOST", "The host name."),
        new("PORT", "The port of the REST API, over TLS."),
        new("USERNAME", "The consumer's own login."),
        new("PASSWORD", "Its password: letters, digits and hyphens only.", IsSecret: true),
        new("CA", "The certificates that sign the server's, as PEM; empty where a public authority does."),
        new("TLS_MODE", "`verify-full`, or `require` where the name that the client connects to is not the server's: through a relay.")
        {
            Words = [SearchEngineConnection.VerifyFull, SearchEngineConnection.Encrypt],
        },
        new("URL", "All of it in one url, of the scheme `https`.", IsSecret: true),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Intent> IntentsOn(Component component) => [Intent.Read, Intent.Write];

    /// <inheritdoc/>
    internal override IReadOnlyList<MoveWay> WaysToMove(Component component, Cloud from, Cloud to) =>
    [
        new(
            "rebuild",
            "The new engine starts empty: once it is activated, the application writes its indices anew from where the documents come "
            + "from, and until then searches find less. What is nowhere else must be carried over by hand before, such as by a snapshot."),
    ];

    /// <inheritdoc/>
    public override Reach ReachOf(Component component) => Reach.Relay;
}

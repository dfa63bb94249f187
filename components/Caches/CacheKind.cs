using Infra.Components.Systems;

namespace Infra.Components.Caches;

/// <summary>A cache that speaks the Redis protocol.</summary>
public sealed class CacheKind : ComponentKind
{
    private CacheKind()
        : base("Cache", BuildStage.Store)
    {
    }

    /// <summary>The kind.</summary>
    public static CacheKind Instance { get; } = new();

    /// <inheritdoc/>
    public override string? Lasts => "the keys";

    /// <inheritdoc/>
    public override IReadOnlyList<ConnectionKey> ConnectionKeys { get; } =
    [
        new("HOST", "The host name."),
        new("PORT", "The port."),
        new("USERNAME", "The login; `default` where the cache has only one."),
        new("PASSWORD", "Its password: letters and digits only.", IsSecret: true),
        new("CA", "The certificates that sign the server's, as PEM; empty where a public authority does."),
        new(
            "TLS_MODE",
            "`verify-full`, or `verify-ca` where the name that the client connects to may not be the certificate's.")
        {
            Words = [CacheConnection.VerifyFull, CacheConnection.VerifyAuthority],
        },
        new("URL", "All of it in one url, of the scheme `rediss`.", IsSecret: true),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Intent> IntentsOn(Component component) => [Intent.Read, Intent.Write];

    /// <inheritdoc/>
    internal override IReadOnlyList<MoveWay> WaysFromOutside(Component component) => [CacheMover.Copy];

    /// <inheritdoc/>
    internal override IReadOnlyList<MoveWay> WaysToMove(Component component, Cloud from, Cloud to) => CacheMover.WaysOf((Cache)component);

    /// <inheritdoc/>
    internal override IEnumerable<Implied> Moves(Move move) => CacheMover.Of(move);

    /// <inheritdoc/>
    public override Reach ReachOf(Component component) => Reach.Relay;
}

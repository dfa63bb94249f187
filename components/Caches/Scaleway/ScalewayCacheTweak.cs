using Infra.Components.Systems;

namespace Infra.Components.Caches.Scaleway;

/// <summary>What only a cache on Scaleway has.</summary>
public sealed record ScalewayCacheTweak() : Tweak(Cloud.Scaleway)
{
    /// <summary>
    /// The type of its nodes, such as <c>RED1-XL</c>. Default: null, the smallest that keeps the promise of the size. It can be raised
    /// only.
    /// </summary>
    public string? NodeType { get; init; }

    /// <inheritdoc/>
    public override Tweak For(EnvironmentProfile profile) =>
        profile.IsProduction ? this : this with { NodeType = null };
}

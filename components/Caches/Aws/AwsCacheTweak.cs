using Infra.Components.Systems;

namespace Infra.Components.Caches.Aws;

/// <summary>What only a cache on AWS has.</summary>
public sealed record AwsCacheTweak() : Tweak(Cloud.Aws)
{
    /// <summary>The node type, such as <c>cache.r7g.8xlarge</c>, instead of the one that the size promises. Default: null.</summary>
    public string? NodeType { get; init; }

    /// <summary>
    /// Whether changes happen at once instead of in the maintenance window. Default: null, at once outside production and without high
    /// availability.
    /// </summary>
    public bool? ApplyImmediately { get; init; }

    /// <inheritdoc/>
    public override Tweak For(EnvironmentProfile profile) =>
        profile.IsProduction ? this : this with { NodeType = null };
}

using Infra.Components.Systems;

namespace Infra.Components.Caches.Gcp;

/// <summary>What only Google Cloud's cache has.</summary>
public sealed record GcpCacheTweak() : Tweak(Cloud.Gcp)
{
    /// <summary>The exact memory in GiB, 1 to 300; null for what the size promises.</summary>
    public int? MemoryGiB { get; init; }

    /// <inheritdoc/>
    public override Tweak For(EnvironmentProfile profile) =>
        profile.IsProduction ? this : this with { MemoryGiB = null };
}

using Infra.Components.Systems;

namespace Infra.Components.Databases.Scaleway;

/// <summary>What only a database on Scaleway has.</summary>
public sealed record ScalewayDatabaseTweak() : Tweak(Cloud.Scaleway)
{
    /// <summary>
    /// The type of its nodes, such as <c>DB-POP2-4C-16G</c> for processors that are shared with nobody. Default: null, the smallest that
    /// keeps the promise of the size.
    /// </summary>
    public string? NodeType { get; init; }

    /// <summary>The volume: <c>sbs_5k</c> or <c>sbs_15k</c>, by its operations per second. Default: <c>sbs_5k</c>.</summary>
    public string VolumeType { get; init; } = "sbs_5k";

    /// <inheritdoc/>
    public override Tweak For(EnvironmentProfile profile) =>
        profile.IsProduction ? this : this with { NodeType = null };
}

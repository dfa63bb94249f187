using Infra.Components.Systems;

namespace Infra.Components.Databases.Gcp;

/// <summary>The editions of Cloud SQL.</summary>
public enum GcpDatabaseEdition
{
    /// <summary>Enterprise: any size, one can go back to any moment of 7 days.</summary>
    Enterprise,

    /// <summary>Enterprise Plus: faster machines, a shorter failover, one can go back to any moment of 35 days; dearer.</summary>
    EnterprisePlus,
}

/// <summary>What only Google Cloud's database has.</summary>
public sealed record GcpDatabaseTweak() : Tweak(Cloud.Gcp)
{
    /// <summary>The edition. Default: Enterprise.</summary>
    public GcpDatabaseEdition Edition { get; init; } = GcpDatabaseEdition.Enterprise;

    /// <summary>
    /// The exact machine: <c>db-custom-4-16384</c> (vCPU, MiB), <c>db-g1-small</c> or <c>db-f1-micro</c> in Enterprise,
    /// <c>db-perf-optimized-N-4</c> in Enterprise Plus; null for the smallest that keeps the size's promise.
    /// </summary>
    public string? Tier { get; init; }

    /// <inheritdoc/>
    public override Tweak For(EnvironmentProfile profile) =>
        profile.IsProduction ? this : this with { Tier = null };
}

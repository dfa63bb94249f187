using Infra.Components.Checks;

namespace Infra.Components.Systems;

/// <summary>What an environment needs of every component. A system declares what production needs; the others reduce it.</summary>
/// <param name="Kind">The environment.</param>
/// <param name="HighAvailability">Whether stores may run on several machines.</param>
/// <param name="MaximumSize">Larger sizes are reduced to this one.</param>
/// <param name="MaximumReplicas">Larger scaling bounds are reduced to this one.</param>
/// <param name="MaximumBackupDays">Longer retention is reduced to this.</param>
/// <param name="MaximumStorageGiB">Larger initial volumes are reduced to this.</param>
/// <param name="Protect">Whether stores are protected against deletion.</param>
public sealed record EnvironmentProfile(
    EnvironmentKind Kind,
    bool HighAvailability,
    Size MaximumSize,
    int MaximumReplicas,
    int MaximumBackupDays,
    int MaximumStorageGiB,
    bool Protect)
{
    /// <summary>The profile of an environment.</summary>
    public static EnvironmentProfile Of(EnvironmentKind kind) => kind switch
    {
        EnvironmentKind.Production =>
            new(kind, HighAvailability: true, Size.XXLarge, int.MaxValue, int.MaxValue, int.MaxValue, Protect: true),
        EnvironmentKind.Staging => new(
            kind, HighAvailability: false, Size.Medium, MaximumReplicas: 4, MaximumBackupDays: 7, MaximumStorageGiB: 100, Protect: false),
        EnvironmentKind.Preview => new(
            kind, HighAvailability: false, Size.Small, MaximumReplicas: 2, MaximumBackupDays: 1, MaximumStorageGiB: 20, Protect: false),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not an environment"),
    };

    /// <summary>The spelling in configuration: <c>production</c>, <c>staging</c> or <c>preview</c>.</summary>
    public string Name => Kind.ToString().ToLowerInvariant();

    /// <summary>Whether users are served.</summary>
    public bool IsProduction => Kind == EnvironmentKind.Production;

    /// <summary>The smaller of a size and the environment's largest one.</summary>
    public Size Limit(Size size) => size < MaximumSize ? size : MaximumSize;
}

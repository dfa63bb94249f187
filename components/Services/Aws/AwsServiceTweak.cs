using Infra.Components.Systems;

namespace Infra.Components.Services.Aws;

/// <summary>What only a service or job on AWS has.</summary>
public sealed record AwsServiceTweak() : Tweak(Cloud.Aws)
{
    /// <summary>
    /// Whether replicas beyond the first run on spare capacity, at about a third of the price; AWS may take each back with two minutes'
    /// notice. Default: false. Ignored for jobs.
    /// </summary>
    public bool Spot { get; init; }

    /// <summary>
    /// An image with BusyBox, which checks services that no load balancer checks, writes files and ends scheduled jobs whose time is over,
    /// for networks without egress. Default: null, the official image from Amazon's public registry.
    /// </summary>
    public string? BusyBoxImage { get; init; }

    /// <summary>The disk of each replica in GiB, 21 to 200. Default: null, the 20 that are included.</summary>
    public int? DiskGiB { get; init; }

    /// <summary>
    /// Replaces the size by a pair of Fargate's own: vCPU in units of 1/1024, such as 1024. Default: null. Needs <see cref="MemoryMiB"/>.
    /// </summary>
    public int? CpuUnits { get; init; }

    /// <summary>The memory of that pair in MiB, such as 6144. Default: null.</summary>
    public int? MemoryMiB { get; init; }

    /// <inheritdoc/>
    public override Tweak For(EnvironmentProfile profile) =>
        profile.IsProduction ? this : this with { CpuUnits = null, MemoryMiB = null };
}

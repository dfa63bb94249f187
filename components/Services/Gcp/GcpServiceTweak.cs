using Infra.Components.Systems;

namespace Infra.Components.Services.Gcp;

/// <summary>The sandboxes in which Cloud Run runs containers.</summary>
public enum GcpExecutionEnvironment
{
    /// <summary>Starts faster; an emulated kernel that lacks some system calls.</summary>
    FirstGeneration,

    /// <summary>A Linux kernel: faster processor and network.</summary>
    SecondGeneration,
}

/// <summary>What only Google Cloud's services have. Workers ignore it.</summary>
public sealed record GcpServiceTweak() : Tweak(Cloud.Gcp)
{
    /// <summary>How many requests one replica serves at a time, 1 to 1000. Default: 80.</summary>
    public int Concurrency { get; init; } = 80;

    /// <summary>
    /// Whether a replica has its processor between requests too, as on other clouds. Default: true. False bills requests only, but pauses
    /// work in the background.
    /// </summary>
    public bool CpuAlwaysOn { get; init; } = true;

    /// <summary>
    /// How long a request, or a connection that stays open, may take in seconds, 1 to 3600. Default: 3600: other clouds end none, and no
    /// idle connection is cut before its load balancer says so.
    /// </summary>
    public int RequestTimeoutSeconds { get; init; } = 3600;

    /// <summary>The sandbox. Default: the second generation.</summary>
    public GcpExecutionEnvironment ExecutionEnvironment { get; init; } = GcpExecutionEnvironment.SecondGeneration;
}

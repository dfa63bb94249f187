using Infra.Components.Systems;

namespace Infra.Components.Jobs;

/// <summary>A container that runs at the times of a schedule.</summary>
public sealed class ScheduledJobKind : ComponentKind
{
    private ScheduledJobKind()
        : base("ScheduledJob", BuildStage.Service)
    {
    }

    /// <summary>The kind.</summary>
    public static ScheduledJobKind Instance { get; } = new();
}

using Infra.Components.Systems;

namespace Infra.Components.Jobs;

/// <summary>A container that runs once per change.</summary>
public sealed class JobKind : ComponentKind
{
    private JobKind()
        : base("Job", BuildStage.Job)
    {
    }

    /// <summary>The kind.</summary>
    public static JobKind Instance { get; } = new();
}

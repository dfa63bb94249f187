using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Components.Jobs.Gcp;

/// <summary>What jobs on Cloud Run lack beside their own container.</summary>
internal static class GcpJobSidecars
{
    private static readonly Rule Lacking = Rule.Error("gcp-job-sidecars", "Jobs on Cloud Run have no sidecars");

    /// <summary>Google Cloud documentation, Cloud Run: nothing says when a task has ended of which a container goes on.</summary>
    public static Gap Gap { get; } = new("sidecars of jobs", "Nothing says when a job ends beside which something goes on.")
    {
        Rule = Lacking,
    };

    /// <summary>Refuses sidecars.</summary>
    public static void Check(Consumer job, CloudChecks checks)
    {
        if (job.Container.Sidecars.Count == 0) return;
        checks.Lacks(
            Gap,
            job,
            $"Sidecars are {string.Join(", ", job.Container.Sidecars.Select(sidecar => sidecar.Name))}; Google Cloud does not say whether "
            + "a job ends beside which a container goes on.",
            "Let the job's own container do their work");
    }
}

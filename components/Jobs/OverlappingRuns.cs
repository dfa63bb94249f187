using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;

namespace Infra.Components.Jobs;

/// <summary>Clouds that start a run whether or not the one before has ended.</summary>
internal static class OverlappingRuns
{
    private static readonly Rule Overlaps = Rule.Warning("scheduled-job-overlap", "No two runs of a scheduled job are under way at a time");

    /// <summary>What such a cloud lacks.</summary>
    public static Gap Gap { get; } = new("one run at a time", "A run starts when it is due, also while the one before is under way.")
    {
        Rule = Overlaps,
    };

    /// <summary>Reports a job whose runs may take longer than the time between them.</summary>
    public static void Check(ScheduledJob job, CloudChecks checks)
    {
        if (job.Args.Overlap is not { } interval) return;
        checks.Lacks(
            Gap,
            job,
            string.Create(
                CultureInfo.InvariantCulture,
                $"It is due {interval.TotalMinutes} minutes after the time before, and may take {job.Args.Longest.TotalMinutes} "
                + $"(TimeoutMinutes is {job.Args.TimeoutMinutes}, Retries {job.Args.Retries}): two runs may be under way at a time."),
            "Let a run end before the next is due, or take a lock in a store around work that must not be done twice");
    }
}

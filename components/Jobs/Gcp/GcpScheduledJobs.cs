using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Runtimes.Gcp;

namespace Infra.Components.Jobs.Gcp;

/// <summary>Scheduled jobs on Google Cloud.</summary>
internal sealed class GcpScheduledJobs()
    : GcpJobProvision<ScheduledJob>(ScheduledJobKind.Instance, new(Backing.Native, "Cloud Run, started by Cloud Scheduler"))
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Apis { get; } = ["cloudscheduler", "run"];

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        OverlappingRuns.Gap,
        .. OfEveryJob,
        new("a schedule in the region", "In Paris, Milan and Madrid, the schedule itself stands in Belgium."),
    ];

    /// <inheritdoc/>
    protected override void Check(ScheduledJob component, CloudChecks checks)
    {
        base.Check(component, checks);
        OverlappingRuns.Check(component, checks);
    }

    /// <inheritdoc/>
    protected override PlacedComponent? Begin(ScheduledJob component, GcpContext context) => new GcpScheduledJob(component, context);

    /// <inheritdoc/>
    protected override PlacedComponent Build(ScheduledJob component, GcpContext context)
    {
        var job = context.Begun<GcpScheduledJob>(component);
        job.Complete(component, context.Get<GcpPrivateNetwork>(), context.Get<GcpRuntime>(), context);
        return job;
    }
}

using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Identities;
using Infra.Components.Networks;
using Infra.Components.Networks.Gcp;
using Infra.Components.Registries;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Services;
using Infra.Components.Services.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Jobs.Gcp;

/// <summary>Scheduled jobs on Google Cloud.</summary>
internal sealed class GcpScheduledJobs()
    : Provision<ScheduledJob, GcpContext>(ScheduledJobKind.Instance, new(Backing.Native, "Cloud Run, started by Cloud Scheduler")),
        IUsesApis
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Apis { get; } = ["cloudscheduler", "run"];

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        OverlappingRuns.Gap, GcpContainerChecks.Arm64, GcpContainerChecks.User, GcpContainerChecks.Steps, GcpJobSidecars.Gap,
        ReadOnlyRoots.Gap, MountedDirectory.Gap,
        new("a schedule in the region", "In Paris, Milan and Madrid, the schedule itself stands in Belgium."),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(ScheduledJob component) =>
        [RuntimeKind.Instance, PrivateNetworkKind.Instance, ContainerRegistryKind.Instance, ServiceIdentityKind.Instance];

    /// <inheritdoc/>
    protected override void Check(ScheduledJob component, CloudChecks checks)
    {
        GcpContainerChecks.Check(component, checks);
        GcpJobSidecars.Check(component, checks);
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

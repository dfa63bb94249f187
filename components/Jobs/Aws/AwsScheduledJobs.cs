using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Networks;
using Infra.Components.Networks.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Services;
using Infra.Components.Services.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Jobs.Aws;

/// <summary>Scheduled jobs on AWS.</summary>
internal sealed class AwsScheduledJobs() : Provision<ScheduledJob, AwsContext>(
    ScheduledJobKind.Instance,
    new(Backing.Native, "Amazon ECS on Fargate, started by Amazon EventBridge Scheduler"))
{
    private static readonly Rule Repeated = Rule.Warning("aws-scheduled-job-retries", "Failed runs are repeated as often as they may be");
    private static readonly Gap Retries = new("repetitions", "A run that fails is not repeated; the next one comes when it is due.")
    {
        Rule = Repeated,
    };

    private static readonly Rule Stopped = Rule.Warning("aws-scheduled-job-timeout", "Runs end when their time is over");
    private static readonly Gap Timeouts = new(
        "timeouts without egress",
        "A container beside it ends a run whose time is over; its image comes from a public registry.")
    {
        Rule = Stopped,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
        [OverlappingRuns.Gap, Retries, Timeouts, ReadOnlyRoots.Gap, MountedDirectory.Gap];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(AwsServiceTweak)];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(ScheduledJob component) => AwsContainer.Beside;

    /// <inheritdoc/>
    protected override void Check(ScheduledJob component, CloudChecks checks)
    {
        AwsContainerChecks.Check(component, checks);
        AwsContainerChecks.CheckSpot(component, checks);
        OverlappingRuns.Check(component, checks);
        if (component.Args.Retries > 0)
        {
            checks.Lacks(
                Retries,
                component,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Retries is {component.Args.Retries}; EventBridge Scheduler only starts a run, and nobody repeats one that fails."),
                "Repeat within the container what may fail");
        }

        var egress = checks.Model.Find<PrivateNetwork>()?.Args.Egress ?? Egress.Shared;
        if (AwsContainer.BusyBoxImage(component.Args, egress) is not null) return;
        checks.Lacks(
            Timeouts,
            component,
            string.Create(
                CultureInfo.InvariantCulture,
                $"TimeoutMinutes is {component.Args.TimeoutMinutes} and the network has no way out: nothing ends a run."),
            "Copy an image with BusyBox and name it in AwsServiceTweak.BusyBoxImage");
    }

    /// <inheritdoc/>
    protected override PlacedComponent? Begin(ScheduledJob component, AwsContext context) => new AwsScheduledJob(component, context);

    /// <inheritdoc/>
    protected override PlacedComponent Build(ScheduledJob component, AwsContext context)
    {
        var job = context.Begun<AwsScheduledJob>(component);
        job.Complete(context.Get<AwsPrivateNetwork>(), context.Get<AwsRuntime>());
        return job;
    }
}

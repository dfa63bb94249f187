using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Services.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Batch.V1;
using Batch = Pulumi.Kubernetes.Batch.V1;

namespace Infra.Components.Jobs.Kubernetes;

/// <summary>A Kubernetes cron job. It changes in place: runs that it started before are left alone.</summary>
internal sealed class KubernetesScheduledJob : PlacedComponent, IScheduledJob
{
    // A run that could not start when it was due, because the one before was under way or nobody was there to start it, starts within this
    // time. More than 100 that were missed would stop the schedule for good (Kubernetes documentation: CronJob); no hour has more than 60.
    private const int LateSeconds = 3600;

    // Of the runs that failed and of those that succeeded, the latest stay, with their logs.
    private const int Kept = 3;

    // For an attempt that waits for a node and an image before its own time begins.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(15);

    private readonly KubernetesGrantee _grantee;

    /// <summary>Begins the job: its links are followed.</summary>
    /// <param name="job">The declared job, its arguments resolved.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesScheduledJob(ScheduledJob job, KubernetesContext context)
        : base(context.PlaceInCluster(job))
    {
        _grantee = new KubernetesGrantee(Name, context, Tags, dependsOn => Child(dependsOn: dependsOn));
        context.Connect(job, _grantee);
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> ScheduleId { get; private set; } = null!;

    /// <summary>Creates what was begun.</summary>
    /// <param name="job">The declared job, its arguments resolved.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public void Complete(ScheduledJob job, KubernetesContext context)
    {
        var (args, pod) = (job.Args, ContainerPod.Of(job, _grantee, context));
        var attempt = TimeSpan.FromMinutes(args.TimeoutMinutes);
        var schedule = new Batch.CronJob(Name, new CronJobArgs
        {
            Metadata = pod.Cluster.Metadata(Name, Tags),
            Spec = new CronJobSpecArgs
            {
                Schedule = args.Cron!.ToString(),
                TimeZone = args.TimeZone,
                Suspend = args.Suspended || context.IsIdle(job),
                ConcurrencyPolicy = "Forbid",
                StartingDeadlineSeconds = LateSeconds,
                SuccessfulJobsHistoryLimit = Kept,
                FailedJobsHistoryLimit = Kept,
                JobTemplate = new JobTemplateSpecArgs
                {
                    Spec = KubernetesJob.Spec(pod, args.Retries, (attempt + Slack) * (args.Retries + 1), attempt),
                },
            },
        }, Child(dependsOn: [.. _grantee.Grants, .. context.RunsBefore(job)]));
        ScheduleId = schedule.Id;
        RegisterOutputs();
    }
}

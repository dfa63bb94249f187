using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Identities;
using Infra.Components.Networks.Gcp;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Services.Gcp;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Gcp.ServiceAccount;
using CloudRun = Pulumi.Gcp.CloudRunV2;
using CloudScheduler = Pulumi.Gcp.CloudScheduler;

namespace Infra.Components.Jobs.Gcp;

/// <summary>
/// A Cloud Run job that Cloud Scheduler starts, on behalf of an account that may start this job and nothing else: not on the job's own,
/// which could then start itself.
/// </summary>
internal sealed class GcpScheduledJob : PlacedComponent, IScheduledJob
{
    // A start that Cloud Run refuses is tried again so often, within minutes.
    private const int StartRetries = 3;

    private readonly GcpContainer _container;

    /// <summary>Begins the job: its links are followed.</summary>
    public GcpScheduledJob(ScheduledJob job, GcpContext context)
        : base(context.Place(job)) => _container = GcpContainer.Wire(job, this, context);

    /// <inheritdoc/>
    [Output]
    public Output<string> ScheduleId { get; private set; } = null!;

    /// <summary>Builds what was begun.</summary>
    public void Complete(ScheduledJob job, GcpPrivateNetwork network, GcpRuntime runtime, GcpContext context)
    {
        var args = job.Args;
        var apis = runtime.Apis(Kind).ToList();
        var run = GcpJobRunner.Create(
            Name,
            context,
            _container.Run(args, TimeSpan.FromMinutes(args.TimeoutMinutes), args.Retries, network, Tags),
            Child(dependsOn: [.. _container.Grants, .. context.RunsBefore(job), .. apis]));
        var account = new Account(ShortName.Of($"{Name}-schedule", GcpNames.LongestAccount), new()
        {
            Project = context.Project,
            DisplayName = $"Starts {Name} of {context.Stack}",
            DeletionPolicy = "DELETE",
        }, Child(dependsOn: runtime.Apis(ServiceIdentityKind.Instance)));
        var right = new CloudRun.JobIamMember($"{Name}-schedule", new()
        {
            Project = context.Project,
            Location = context.Region,
            Name = run.Name,
            Role = "roles/run.invoker",
            Member = Output.Format($"serviceAccount:{account.Email}"),
        }, Child());
        var schedule = new CloudScheduler.Job(Name, new()
        {
            Project = context.Project,
            Region = GcpSchedulerRegions.For(context.Region),
            Description = $"Starts {Name} of {context.Stack}",
            Schedule = args.Cron!.ToString(),
            TimeZone = args.TimeZone,
            Paused = args.Suspended || context.IsIdle(job),
            RetryConfig = new CloudScheduler.Inputs.JobRetryConfigArgs { RetryCount = StartRetries },
            HttpTarget = new CloudScheduler.Inputs.JobHttpTargetArgs
            {
                HttpMethod = "POST",
                Uri = Output.Format(
                    $"https://run.googleapis.com/v2/projects/{context.Project}/locations/{context.Region}/jobs/{run.Name}:run"),
                OauthToken = new CloudScheduler.Inputs.JobHttpTargetOauthTokenArgs { ServiceAccountEmail = account.Email },
            },
            DeletionPolicy = "DELETE",
        }, Child(dependsOn: [right, .. apis]));
        ScheduleId = schedule.Id;
        RegisterOutputs();
    }
}

using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Services.Kubernetes;
using Pulumi;
using Batch = Pulumi.Kubernetes.Batch.V1;
using BatchInputs = Pulumi.Kubernetes.Types.Inputs.Batch.V1;

namespace Infra.Components.Jobs.Kubernetes;

/// <summary>
/// A Kubernetes job. Its template cannot change, and its name is Pulumi's, so every change replaces it: a second run. The update waits
/// until it has succeeded. It stays afterwards, so that Pulumi still finds it: expiry would look like a deletion and run it again.
/// </summary>
internal sealed class KubernetesJob : PlacedComponent, IJob, IRunsOnce
{
    /// <summary>Runs the job.</summary>
    /// <param name="job">The declared job, its arguments resolved.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesJob(Job job, KubernetesContext context)
        : base(context.PlaceInCluster(job))
    {
        var grantee = new KubernetesGrantee(Name, context, Tags, dependsOn => Child(dependsOn: dependsOn));
        context.Connect(job, grantee);
        var pod = ContainerPod.Of(job, grantee, context);
        var options = Child(dependsOn: grantee.Grants);
        options.CustomTimeouts = new CustomTimeouts { Create = TimeSpan.FromMinutes(job.Args.TimeoutMinutes + 1) };
        var run = new Batch.Job(Name, Spec(context.Running, pod, job.Args.Retries, job.Args.TimeoutMinutes * 60), options);
        Run = run;
        RunId = run.Id;
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public Resource Run { get; }

    /// <inheritdoc/>
    [Output]
    public Output<string> RunId { get; private set; }

    /// <summary>A run of a pod until it succeeds, fails too often or takes too long.</summary>
    public static BatchInputs.JobArgs Spec(ClusterContext cluster, ContainerPod pod, int retries, int timeoutSeconds)
    {
        var replica = pod.Around(pod.Container());
        replica.RestartPolicy = "Never";
        return new BatchInputs.JobArgs
        {
            Metadata = cluster.Metadata(pod.Name, pod.Tags),
            Spec = new BatchInputs.JobSpecArgs
            {
                BackoffLimit = retries,
                ActiveDeadlineSeconds = timeoutSeconds,
                Template = pod.Template(replica, movable: false),
            },
        };
    }
}

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
    private readonly KubernetesGrantee _grantee;

    /// <summary>Begins the job: its links are followed.</summary>
    /// <param name="job">The declared job, its arguments resolved.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesJob(Job job, KubernetesContext context)
        : base(context.PlaceInCluster(job))
    {
        _grantee = new KubernetesGrantee(Name, context, Tags, dependsOn => Child(dependsOn: dependsOn));
        context.Connect(job, _grantee);
    }

    /// <inheritdoc/>
    public Resource Run { get; private set; } = null!;

    /// <inheritdoc/>
    [Output]
    public Output<string> RunId { get; private set; } = null!;

    /// <summary>Runs what was begun.</summary>
    /// <param name="job">The declared job, its arguments resolved.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public void Complete(Job job, KubernetesContext context)
    {
        var pod = ContainerPod.Of(job, _grantee, context);
        var timeout = TimeSpan.FromMinutes(job.Args.TimeoutMinutes);
        var run = Start(Name, pod, job.Args.Retries, timeout, Child(dependsOn: [.. _grantee.Grants, .. context.RunsBefore(job)]));
        Run = run;
        RunId = run.Id;
        RegisterOutputs();
    }

    /// <summary>Runs a pod until it succeeds, fails too often or takes too long, and waits for it.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="pod">What runs.</param>
    /// <param name="retries">How often it may run again.</param>
    /// <param name="timeout">How long it may take, all runs together.</param>
    /// <param name="options">The resource's options.</param>
    public static Batch.Job Start(string name, ContainerPod pod, int retries, TimeSpan timeout, CustomResourceOptions options) => new(
        name,
        new() { Metadata = pod.Cluster.Metadata(pod.Name, pod.Tags), Spec = Spec(pod, retries, timeout) },

        // What ends in time is reported by the cluster first.
        options.Within(timeout + TimeSpan.FromMinutes(1)));

    /// <summary>What a run of a pod is.</summary>
    /// <param name="pod">What runs.</param>
    /// <param name="retries">How often it may run again.</param>
    /// <param name="timeout">How long it may take, all runs together, waiting for nodes and images included.</param>
    /// <param name="attempt">How long one of them may take; null for all of that time.</param>
    public static BatchInputs.JobSpecArgs Spec(ContainerPod pod, int retries, TimeSpan timeout, TimeSpan? attempt = null)
    {
        var replica = pod.Around(pod.Container());
        replica.RestartPolicy = "Never";
        if (attempt is { } most) replica.ActiveDeadlineSeconds = (int)most.TotalSeconds;
        return new()
        {
            BackoffLimit = retries,
            ActiveDeadlineSeconds = (int)timeout.TotalSeconds,
            Template = pod.Template(replica, movable: false),
        };
    }
}

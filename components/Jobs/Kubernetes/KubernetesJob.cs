using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Identities.Kubernetes;
using Infra.Components.Relays;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;
using Pulumi;
using Batch = Pulumi.Kubernetes.Batch.V1;
using BatchInputs = Pulumi.Kubernetes.Types.Inputs.Batch.V1;

namespace Infra.Components.Jobs.Kubernetes;

/// <summary>
/// A Kubernetes job. Its template cannot change, and its name is Pulumi's, so every change replaces it: a second run. The update waits until
/// it has succeeded. It stays afterwards, so that Pulumi still finds it: expiry would look like a deletion and run it again.
/// </summary>
internal sealed class KubernetesJob : PlacedComponent, IJob
{
    /// <summary>What provides it.</summary>
    public const string Product = "Kubernetes job";

    /// <summary>Runs the job.</summary>
    /// <param name="job">The declared job, its arguments resolved.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="identity">Its service account.</param>
    /// <param name="targets">The links' targets in this cluster.</param>
    /// <param name="foreign">How it reaches targets on other clouds.</param>
    /// <param name="tags">The tags of its resources.</param>
    public KubernetesJob(
        Job job,
        ClusterContext cluster,
        KubernetesServiceIdentity identity,
        Func<Component, ILinkTarget> targets,
        IReadOnlyDictionary<Link, ForeignTarget> foreign,
        IReadOnlyDictionary<string, string> tags)
        : base(cluster.Place(ComponentKind.Job, job.Name, Backing.Native, Product, tags))
    {
        var (name, args) = (job.Name, job.Args);
        var grantee = new KubernetesGrantee(name, cluster, tags, dependsOn => Child(dependsOn: dependsOn));
        var pod = ContainerPod.Of(job, identity, KubernetesConsumer.Connect(job, grantee, targets, foreign), cluster, tags);
        var options = Child(dependsOn: grantee.Grants);
        options.CustomTimeouts = new CustomTimeouts { Create = TimeSpan.FromMinutes(args.TimeoutMinutes + 1) };
        var run = new Batch.Job(name, Spec(cluster, pod, args.Retries, args.TimeoutMinutes * 60), options);
        RunId = run.Id;
        RegisterOutputs();
    }

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
            Spec = new BatchInputs.JobSpecArgs { BackoffLimit = retries, ActiveDeadlineSeconds = timeoutSeconds, Template = pod.Template(replica, movable: false) },
        };
    }
}

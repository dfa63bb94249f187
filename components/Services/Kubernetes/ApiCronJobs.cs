using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Rbac.V1;
using Pulumi.Kubernetes.Types.Inputs.Batch.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;
using Batch = Pulumi.Kubernetes.Batch.V1;

namespace Infra.Components.Services.Kubernetes;

/// <summary>A cron job beside a service that speaks with the API server.</summary>
internal sealed record ApiCronJob
{
    /// <summary>What its name ends in.</summary>
    public required string Ending { get; init; }

    /// <summary>When it runs, as a cron expression.</summary>
    public required string Schedule { get; init; }

    /// <summary>In which time zone that is.</summary>
    public required string TimeZone { get; init; }

    /// <summary>What happens when it is due while a run is under way.</summary>
    public required string Concurrency { get; init; }

    /// <summary>How late it may begin, in seconds.</summary>
    public required int LatestSeconds { get; init; }

    /// <summary>How long a run may take, in seconds.</summary>
    public required int MostSeconds { get; init; }

    /// <summary>What runs.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Its variables, besides the folder of its account.</summary>
    public required IReadOnlyList<EnvVarArgs> Environment { get; init; }
}

/// <summary>
/// Cron jobs beside a service that speak with the API server on behalf of an account of their own: it may do one thing, and reaches the API
/// server and nobody else.
/// </summary>
internal sealed class ApiCronJobs
{
    /// <summary>The variable that holds the folder with the account's token, and the authority of the API server.</summary>
    public const string FolderVariable = "ACCOUNT";

    /// <summary>The url of the API server.</summary>
    public const string Api = "https://kubernetes.default.svc/apis";

    // What a cron job, and each of its runs, adds to this must stay below 63 characters with Pulumi's own.
    private const int LongestName = 30;

    // The image has a user by this number (curlimages/curl).
    private const int ImageUser = 100;

    private readonly string _service;
    private readonly string _called;
    private readonly ClusterContext _cluster;
    private readonly IReadOnlyDictionary<string, string> _tags;
    private readonly Func<IEnumerable<Resource>?, CustomResourceOptions> _child;
    private readonly Output<string> _account;
    private readonly IReadOnlyList<Resource> _grants;

    /// <summary>Creates the account.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="called">What the jobs' pods and their account are called.</param>
    /// <param name="rule">What they may do.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="tags">The tags of the service.</param>
    /// <param name="child">Makes the options of the service's children.</param>
    public ApiCronJobs(
        string service,
        string called,
        PolicyRuleArgs rule,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        Func<IEnumerable<Resource>?, CustomResourceOptions> child)
    {
        (_service, _called, _cluster, _tags, _child) = (service, called, cluster, tags, child);
        var account = new ServiceAccount(called, new ServiceAccountArgs
        {
            Metadata = cluster.Metadata(service, tags),
            AutomountServiceAccountToken = false,
        }, child(null));
        _account = account.Metadata.Apply(metadata => metadata.Name);
        var role = new Role(called, new RoleArgs { Metadata = cluster.Metadata(service, tags), Rules = { rule } }, child(null));
        var binding = new RoleBinding(called, new RoleBindingArgs
        {
            Metadata = cluster.Metadata(service, tags),
            RoleRef = new RoleRefArgs
            {
                ApiGroup = "rbac.authorization.k8s.io",
                Kind = "Role",
                Name = role.Metadata.Apply(metadata => metadata.Name),
            },
            Subjects = { new SubjectArgs { Kind = "ServiceAccount", Name = _account, Namespace = cluster.Namespace } },
        }, child(null));
        var way = NetworkAccess.Egress(
            called, cluster.Metadata(service, tags), NetworkAccess.UserOf(called), [], NetworkAccess.Api, child(null));
        _grants = [binding, way];
    }

    /// <summary>Creates a job.</summary>
    public void Add(ApiCronJob job)
    {
        var pod = new ContainerPod
        {
            Cluster = _cluster,
            Name = _called,
            IsSelected = false,
            Consumer = _service,
            Uses = NetworkAccess.UserOf(_called),
            Tags = _tags,
            Image = PinnedImage.Curl.OnDockerHub,
            Capacity = new Capacity(0.1, 0.0625),
            EntryPoint = job.Command,
            Environment =
            [
                new() { Name = FolderVariable, Value = "/var/run/secrets/kubernetes.io/serviceaccount" },
                .. job.Environment,
            ],
            User = ImageUser,
            Account = _account,
        };
        _ = new Batch.CronJob(
            $"{ShortName.Of(_service, LongestName)}-{job.Ending}",
            new CronJobArgs
            {
                Metadata = _cluster.Metadata(_called, _tags),
                Spec = new CronJobSpecArgs
                {
                    Schedule = job.Schedule,
                    TimeZone = job.TimeZone,
                    ConcurrencyPolicy = job.Concurrency,
                    StartingDeadlineSeconds = job.LatestSeconds,
                    SuccessfulJobsHistoryLimit = 1,
                    FailedJobsHistoryLimit = 3,
                    JobTemplate = new JobTemplateSpecArgs { Spec = Run(pod, job.MostSeconds) },
                },
            },
            _child(_grants));
    }

    private static JobSpecArgs Run(ContainerPod pod, int mostSeconds)
    {
        var replica = pod.Around(pod.Container());
        replica.RestartPolicy = "Never";
        replica.AutomountServiceAccountToken = true;
        return new()
        {
            BackoffLimit = 6,
            ActiveDeadlineSeconds = mostSeconds,
            Template = pod.Template(replica, movable: false),
        };
    }
}

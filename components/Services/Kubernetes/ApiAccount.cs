using Infra.Components.Clouds.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Rbac.V1;
using Pulumi.Kubernetes.Types.Inputs.Batch.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;

namespace Infra.Components.Services.Kubernetes;

/// <summary>
/// On whose behalf a job beside a service speaks with the API server: it may do one thing, and reaches the API server and nobody else.
/// </summary>
/// <param name="Name">The account's name.</param>
/// <param name="Grants">What must be there before the job runs.</param>
internal sealed record ApiAccount(Output<string> Name, IReadOnlyList<Resource> Grants)
{
    /// <summary>The variable that holds the folder with the account's token, and the authority of the API server.</summary>
    public const string FolderVariable = "ACCOUNT";

    /// <summary>The url of the API server.</summary>
    public const string Api = "https://kubernetes.default.svc/apis";

    /// <summary>That folder, as pods have it.</summary>
    public static EnvVarArgs Folder => new() { Name = FolderVariable, Value = "/var/run/secrets/kubernetes.io/serviceaccount" };

    /// <summary>Creates it.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="job">What the job and its account are called.</param>
    /// <param name="rule">What it may do.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="tags">The tags of the service.</param>
    /// <param name="child">Makes the options of the service's children.</param>
    public static ApiAccount Create(
        string service,
        string job,
        PolicyRuleArgs rule,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        Func<IEnumerable<Resource>?, CustomResourceOptions> child)
    {
        var account = new ServiceAccount(job, new ServiceAccountArgs
        {
            Metadata = cluster.Metadata(service, tags),
            AutomountServiceAccountToken = false,
        }, child(null));
        var name = account.Metadata.Apply(metadata => metadata.Name);
        var role = new Role(job, new RoleArgs { Metadata = cluster.Metadata(service, tags), Rules = { rule } }, child(null));
        var binding = new RoleBinding(job, new RoleBindingArgs
        {
            Metadata = cluster.Metadata(service, tags),
            RoleRef = new RoleRefArgs
            {
                ApiGroup = "rbac.authorization.k8s.io",
                Kind = "Role",
                Name = role.Metadata.Apply(metadata => metadata.Name),
            },
            Subjects = { new SubjectArgs { Kind = "ServiceAccount", Name = name, Namespace = cluster.Namespace } },
        }, child(null));
        var way = NetworkAccess.Egress(
            job, cluster.Metadata(service, tags), NetworkAccess.UserOf(job), [], NetworkAccess.Api, child(null));
        return new(name, [binding, way]);
    }

    /// <summary>A run of a job on its behalf.</summary>
    /// <param name="pod">The job's pod.</param>
    /// <param name="mostSeconds">How long it may take.</param>
    public static JobSpecArgs Run(ContainerPod pod, int mostSeconds)
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

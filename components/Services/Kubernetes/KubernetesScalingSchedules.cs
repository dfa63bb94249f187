using System.Globalization;
using System.Text.Json.Nodes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Autoscaling.V2;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Rbac.V1;
using Pulumi.Kubernetes.Types.Inputs.Batch.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;
using Batch = Pulumi.Kubernetes.Batch.V1;

namespace Infra.Components.Services.Kubernetes;

/// <summary>
/// Cron jobs that change the bounds of an autoscaler when a schedule begins and when it ends. They may change this one autoscaler and
/// nothing else, and reach the API server and nobody else.
/// </summary>
internal static class KubernetesScalingSchedules
{
    /// <summary>The variable that holds the folder with the account's token, and the authority of the API server.</summary>
    public const string Account = "ACCOUNT";

    /// <summary>The variable that holds the url of the autoscaler.</summary>
    public const string Url = "AUTOSCALER_URL";

    /// <summary>The variable that holds what changes.</summary>
    public const string Patch = "AUTOSCALER_PATCH";

    private const string Api = "https://kubernetes.default.svc/apis/autoscaling/v2";

    // What a cron job, and each of its runs, adds to this must stay below 63 characters with Pulumi's own.
    private const int LongestName = 30;

    // The image has a user by this number (curlimages/curl).
    private const int ImageUser = 100;

    // The token goes by standard input: a command line is read by whoever may list processes.
    private static readonly IReadOnlyList<string> Command = ["sh", "-euc", $"""
        token=$(cat "${Account}/token")
        printf 'oauth2-bearer = "%s"\n' "$token" | curl --config - --fail --silent --show-error --max-time 30 \
          --cacert "${Account}/ca.crt" --request PATCH --header 'Content-Type: application/merge-patch+json' --output /dev/null \
          --data "${Patch}" "${Url}"
        """];

    /// <summary>Creates them.</summary>
    /// <param name="name">The service's name.</param>
    /// <param name="scaling">Its bounds, with the schedules.</param>
    /// <param name="autoscaler">Its autoscaler.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="tags">The tags of the service.</param>
    /// <param name="child">Makes the options of the service's children.</param>
    public static void Create(
        string name,
        Scaling scaling,
        HorizontalPodAutoscaler autoscaler,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        Func<IEnumerable<Resource>?, CustomResourceOptions> child)
    {
        var autoscalerName = autoscaler.Metadata.Apply(metadata => metadata.Name);
        var account = new ServiceAccount($"{name}-schedules", new ServiceAccountArgs
        {
            Metadata = cluster.Metadata(name, tags),
            AutomountServiceAccountToken = false,
        }, child(null));
        var accountName = account.Metadata.Apply(metadata => metadata.Name);
        var role = new Role($"{name}-schedules", new RoleArgs
        {
            Metadata = cluster.Metadata(name, tags),
            Rules =
            {
                new PolicyRuleArgs
                {
                    ApiGroups = { "autoscaling" },
                    Resources = { "horizontalpodautoscalers" },
                    ResourceNames = { autoscalerName },
                    Verbs = { "patch" },
                },
            },
        }, child(null));
        var binding = new RoleBinding($"{name}-schedules", new RoleBindingArgs
        {
            Metadata = cluster.Metadata(name, tags),
            RoleRef = new RoleRefArgs
            {
                ApiGroup = "rbac.authorization.k8s.io",
                Kind = "Role",
                Name = role.Metadata.Apply(metadata => metadata.Name),
            },
            Subjects = { new SubjectArgs { Kind = "ServiceAccount", Name = accountName, Namespace = cluster.Namespace } },
        }, child(null));
        var way = NetworkAccess.Egress(
            $"{name}-schedules",
            cluster.Metadata(name, tags),
            NetworkAccess.UserOf($"{name}-schedules"),
            [],
            NetworkAccess.Api,
            child(null));
        foreach (var (schedule, index) in scaling.Schedules.Select((schedule, index) => (schedule, index + 1)))
        {
            At(schedule.From, "from", scaling.BoundsOf(schedule));
            At(schedule.Until, "until", (scaling.Minimum, scaling.Maximum));

            void At(string time, string word, (int Minimum, int Maximum) bounds)
            {
                var pod = PodOf(bounds);
                _ = new Batch.CronJob(
                    string.Create(CultureInfo.InvariantCulture, $"{ShortName.Of(name, LongestName)}-{word}-{index}"),
                    new CronJobArgs
                    {
                        Metadata = cluster.Metadata(pod.Name, tags),
                        Spec = new CronJobSpecArgs
                        {
                            Schedule = Cron.Read(time)!.ToString(),
                            TimeZone = schedule.TimeZone,
                            ConcurrencyPolicy = "Replace",
                            StartingDeadlineSeconds = 3600,
                            SuccessfulJobsHistoryLimit = 1,
                            FailedJobsHistoryLimit = 3,
                            JobTemplate = new JobTemplateSpecArgs { Spec = SpecOf(pod) },
                        },
                    },
                    child([binding, way]));
            }
        }

        ContainerPod PodOf((int Minimum, int Maximum) bounds) => new()
        {
            Cluster = cluster,
            Name = $"{name}-schedules",
            IsSelected = false,
            Consumer = name,
            Uses = NetworkAccess.UserOf($"{name}-schedules"),
            Tags = tags,
            Image = PinnedImage.Curl.OnDockerHub,
            Capacity = new Capacity(0.1, 0.0625),
            EntryPoint = Command,
            Environment =
            [
                new() { Name = Account, Value = "/var/run/secrets/kubernetes.io/serviceaccount" },
                new()
                {
                    Name = Url,
                    Value = Output.Format($"{Api}/namespaces/{cluster.Namespace}/horizontalpodautoscalers/{autoscalerName}"),
                },
                new()
                {
                    Name = Patch,
                    Value = new JsonObject
                    {
                        ["spec"] = new JsonObject { ["minReplicas"] = bounds.Minimum, ["maxReplicas"] = bounds.Maximum },
                    }.ToJsonString(),
                },
            ],
            User = ImageUser,
            Account = accountName,
        };
    }

    private static JobSpecArgs SpecOf(ContainerPod pod)
    {
        var replica = pod.Around(pod.Container());
        replica.RestartPolicy = "Never";
        replica.AutomountServiceAccountToken = true;
        return new()
        {
            BackoffLimit = 6,
            ActiveDeadlineSeconds = 3600,
            Template = pod.Template(replica, movable: false),
        };
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Autoscaling.V2;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;

namespace Infra.Components.Services.Kubernetes;

/// <summary>
/// Cron jobs that change the bounds of an autoscaler when a schedule begins and when it ends. They may change this one autoscaler and
/// nothing else, and reach the API server and nobody else.
/// </summary>
internal static class KubernetesScalingSchedules
{
    /// <summary>The variable that holds the folder with the account's token, and the authority of the API server.</summary>
    public const string Account = ApiCronJobs.FolderVariable;

    /// <summary>The variable that holds the url of the autoscaler.</summary>
    public const string Url = "AUTOSCALER_URL";

    /// <summary>The variable that holds what changes.</summary>
    public const string Patch = "AUTOSCALER_PATCH";

    private const int MostSeconds = 3600;

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
        var rule = new PolicyRuleArgs
        {
            ApiGroups = { "autoscaling" },
            Resources = { "horizontalpodautoscalers" },
            ResourceNames = { autoscalerName },
            Verbs = { "patch" },
        };
        var url = Output.Format(
            $"{ApiCronJobs.Api}/autoscaling/v2/namespaces/{cluster.Namespace}/horizontalpodautoscalers/{autoscalerName}");
        var jobs = new ApiCronJobs(name, $"{name}-schedules", rule, cluster, tags, child);
        foreach (var (schedule, index) in scaling.Schedules.Select((schedule, index) => (schedule, index + 1)))
        {
            At(schedule.From, "from", scaling.BoundsOf(schedule));
            At(schedule.Until, "until", (scaling.Minimum, scaling.Maximum));

            void At(string time, string word, (int Minimum, int Maximum) bounds) => jobs.Add(new()
            {
                Ending = string.Create(CultureInfo.InvariantCulture, $"{word}-{index}"),
                Schedule = Cron.Read(time)!.ToString(),
                TimeZone = schedule.TimeZone,
                Concurrency = "Replace",
                LatestSeconds = 3600,
                MostSeconds = MostSeconds,
                Command = Command,
                Environment =
                [
                    new() { Name = Url, Value = url },
                    new()
                    {
                        Name = Patch,
                        Value = new JsonObject
                        {
                            ["spec"] = new JsonObject { ["minReplicas"] = bounds.Minimum, ["maxReplicas"] = bounds.Maximum },
                        }.ToJsonString(),
                    },
                ],
            });
        }
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Identities;
using Infra.Components.Jobs;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Gcp.ServiceAccount;
using CloudRun = Pulumi.Gcp.CloudRunV2;
using CloudScheduler = Pulumi.Gcp.CloudScheduler;

namespace Infra.Components.Services.Gcp;

/// <summary>Whose number of replicas schedules change, and where.</summary>
/// <param name="Name">The service's name.</param>
/// <param name="Account">The account that it runs as.</param>
/// <param name="Runtime">The runtime.</param>
/// <param name="Context">What every component needs.</param>
/// <param name="Child">Makes the options of the service's children.</param>
/// <param name="IsIdle">Whether the service must not work, so that nothing may start it.</param>
internal sealed record GcpScalingSite(
    string Name,
    Output<string> Account,
    GcpRuntime Runtime,
    GcpContext Context,
    ChildOptions Child,
    bool IsIdle);

/// <summary>
/// Jobs of Cloud Scheduler that change the least number of replicas of a service when a schedule begins and when it ends, as the
/// documentation of Cloud Run has it (manual scaling, by schedule): on behalf of an account that may change this service and act as the
/// account that it runs as, for which Cloud Run asks whoever changes one. That number makes no new revision; the greatest one would.
/// </summary>
internal static class GcpScalingSchedules
{
    // A change that Cloud Run refuses is tried again so often, within minutes: the most that Cloud Scheduler does.
    private const int Retries = 5;

    /// <summary>Changes the least number of replicas of a service.</summary>
    public static void Of(CloudRun.Service service, GcpScalingSite site, Scaling scaling)
    {
        var account = AccountOf(site);
        var right = new CloudRun.ServiceIamMember($"{site.Name}-schedules", new()
        {
            Project = site.Context.Project,
            Location = site.Context.Region,
            Name = service.Name,
            Role = "roles/run.developer",
            Member = MemberOf(account),
        }, site.Child());
        Create(site, scaling, account, right, Output.Format($"services/{service.Name}"), "minInstanceCount");
    }

    /// <summary>Changes the number of replicas of workers.</summary>
    public static void Of(CloudRun.WorkerPool workers, GcpScalingSite site, Scaling scaling)
    {
        var account = AccountOf(site);
        var right = new CloudRun.WorkerPoolIamMember($"{site.Name}-schedules", new()
        {
            Project = site.Context.Project,
            Location = site.Context.Region,
            Name = workers.Name,
            Role = "roles/run.developer",
            Member = MemberOf(account),
        }, site.Child());
        Create(site, scaling, account, right, Output.Format($"workerPools/{workers.Name}"), "manualInstanceCount");
    }

    private static Account AccountOf(GcpScalingSite site) => new(ShortName.Of($"{site.Name}-schedules", GcpNames.LongestAccount), new()
    {
        Project = site.Context.Project,
        DisplayName = $"Scales {site.Name} of {site.Context.Stack}",
        DeletionPolicy = "DELETE",
    }, site.Child(dependsOn: site.Runtime.Apis(ServiceIdentityKind.Instance)));

    private static Output<string> MemberOf(Account account) => Output.Format($"serviceAccount:{account.Email}");

    private static void Create(
        GcpScalingSite site,
        Scaling scaling,
        Account account,
        Resource right,
        Output<string> path,
        string field)
    {
        var (name, context) = (site.Name, site.Context);
        var place = $"https://run.googleapis.com/v2/projects/{context.Project}/locations/{context.Region}";
        var actAs = new IAMMember($"{name}-schedules", new()
        {
            ServiceAccountId = Output.Format($"projects/{context.Project}/serviceAccounts/{site.Account}"),
            Role = "roles/iam.serviceAccountUser",
            Member = MemberOf(account),
        }, site.Child());
        foreach (var (schedule, index) in scaling.Schedules.Select((schedule, index) => (schedule, index + 1)))
        {
            At(schedule.From, "from", scaling.BoundsOf(schedule).Minimum);
            At(schedule.Until, "until", scaling.Minimum);

            void At(string time, string word, int replicas)
            {
                var change = new JsonObject { ["scaling"] = new JsonObject { [field] = replicas } };
                _ = new CloudScheduler.Job(string.Create(CultureInfo.InvariantCulture, $"{name}-{word}-{index}"), new()
                {
                    Project = context.Project,
                    Region = GcpSchedulerRegions.For(context.Region),
                    Description = $"Scales {name} of {context.Stack}",
                    Schedule = Cron.Read(time)!.ToString(),
                    TimeZone = schedule.TimeZone,
                    Paused = site.IsIdle,
                    RetryConfig = new CloudScheduler.Inputs.JobRetryConfigArgs { RetryCount = Retries },
                    HttpTarget = new CloudScheduler.Inputs.JobHttpTargetArgs
                    {
                        HttpMethod = "PATCH",
                        Uri = Output.Format($"{place}/{path}?updateMask=scaling.{field}"),
                        Headers = { ["Content-Type"] = "application/json" },
                        Body = Convert.ToBase64String(Encoding.UTF8.GetBytes(change.ToJsonString())),
                        OauthToken = new CloudScheduler.Inputs.JobHttpTargetOauthTokenArgs { ServiceAccountEmail = account.Email },
                    },
                    DeletionPolicy = "DELETE",
                }, site.Child(dependsOn: [right, actAs, .. site.Runtime.Apis(ScheduledJobKind.Instance)]));
            }
        }
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

/// <summary>Bounds of scaling that hold at some times only.</summary>
public sealed class ScalingScheduleTests
{
    private static readonly ScalingSchedule Christmas =
        new() { From = "0 0 20 12 *", Until = "0 0 28 12 *", TimeZone = "Europe/Paris", Minimum = 20, Maximum = 60 };

    private static readonly ScalingSchedule Office = new() { From = "0 7 * * MON-FRI", Until = "0 20 * * MON-FRI", Minimum = 4 };

    public static TheoryData<string, Scaling> Refused => new()
    {
        { "Scaling.Schedules.From", new() { Schedules = [Christmas with { From = "" }] } },
        { "Scaling.Schedules.From", new() { Schedules = [Christmas with { From = "*/5 0 20 12 *" }] } },
        { "Scaling.Schedules.Until", new() { Schedules = [Christmas with { Until = "0 8,20 * * *" }] } },
        { "Scaling.Schedules.TimeZone", new() { Schedules = [Christmas with { TimeZone = "CET" }] } },
        { "Scaling.Schedules.Minimum", new() { Schedules = [Christmas with { Minimum = 0 }] } },
        { "Scaling.Schedules.Maximum", new() { Schedules = [Christmas with { Maximum = 19 }] } },
        { "Scaling.Schedules.Maximum", new() { Schedules = [Christmas with { Maximum = 1001 }] } },
        { "Scaling.Schedules", new() { Schedules = [Christmas, Office] } },
        { "Scaling.Schedules", new() { Schedules = [Office, new() { From = "0 19 * * FRI", Until = "0 23 * * FRI", Minimum = 9 }] } },
        { "Scaling.AtMostOne", new() { AtMostOne = true, Schedules = [Office] } },
    };

    public static TheoryData<Cloud> Clouds => [.. Fixtures.Clouds];

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_no_cloud_carries_out_is_refused(string argument, Scaling scaling) =>
        Assert.Contains(argument, Refusals.Of(new ContainerServiceArgs { Scaling = scaling }));

    [Fact]
    public void Schedules_may_follow_each_other_at_once_and_lack_a_bound()
    {
        Assert.Empty(Refusals.Of(new ContainerServiceArgs
        {
            Scaling = new() { Schedules = [Office, new() { From = "0 20 * * MON-FRI", Until = "0 22 * * MON-FRI", Maximum = 9 }] },
        }));
        var scaling = new Scaling { Minimum = 2, Maximum = 3, Schedules = [Office] };
        Assert.Equal((4, 4), scaling.BoundsOf(Office));
        Assert.Equal(4, scaling.Highest);
    }

    [Theory]
    [InlineData("2026-12-18", false)]
    [InlineData("2026-12-20", true)]
    [InlineData("2026-12-24", true)]
    [InlineData("2026-12-27", true)]
    [InlineData("2026-12-30", false)]
    [InlineData("2027-06-01", false)]
    [InlineData("0001-01-01", false)]
    [InlineData("9999-12-31", false)]
    public void It_is_known_which_days_it_touches(string day, bool touches) =>
        Assert.Equal(touches, Christmas.Touches(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void One_that_spans_the_turn_of_the_year_touches_both_sides_of_it()
    {
        var winter = Christmas with { From = "0 0 20 12 *", Until = "0 0 10 1 *" };

        Assert.True(winter.Touches(new(2026, 12, 31)));
        Assert.True(winter.Touches(new(2027, 1, 5)));
        Assert.False(winter.Touches(new(2027, 1, 15)));
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void An_update_within_its_time_keeps_the_peak_and_one_at_another_time_the_usual_bounds(Cloud cloud)
    {
        Assert.Equal((20, 60), Bounds(new(2026, 12, 24)));
        Assert.Equal((2, cloud == Cloud.Gcp ? 60 : 4), Bounds(new(2026, 11, 26)));

        (int, int) Bounds(DateOnly day)
        {
            var (minimum, maximum, _) = Fixtures.Of(cloud).ScalingOf(Plan(cloud, day), "shop")!.Value;
            return (minimum, maximum);
        }
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void Nodes_and_quotas_are_counted_for_the_peak(Cloud cloud)
    {
        var plan = Plan(cloud, new(2026, 11, 26));

        if (cloud == Cloud.Aws) Assert.Contains(plan.Findings, finding => finding.Rule.Id == "aws-fargate-quota");
        if (cloud is not (Cloud.Scaleway or Cloud.Ovh)) return;
        Assert.True(Nodes(plan) > Nodes(Plan(cloud, new(2026, 11, 26), new Scaling())));
    }

    [Fact]
    public void On_AWS_what_begins_and_ends_it_changes_the_bounds_one_after_the_other()
    {
        var plan = Plan(Cloud.Aws, new(2026, 11, 26));

        const string Type = "aws:appautoscaling/scheduledAction:ScheduledAction";
        var (from, until) = (plan.Only(Type, "shop-from-1"), plan.Only(Type, "shop-until-1"));
        Assert.Equal(
            ("cron(0 0 20 12 ? *)", "Europe/Paris", "20", "60"),
            (from.Input("schedule"), from.Input("timezone"), Bound(from, "minCapacity"), Bound(from, "maxCapacity")));
        Assert.Equal(
            ("cron(0 0 28 12 ? *)", "Europe/Paris", "2", "4"),
            (until.Input("schedule"), until.Input("timezone"), Bound(until, "minCapacity"), Bound(until, "maxCapacity")));
        Assert.Contains(plan.Only("aws:appautoscaling/policy:Policy").Urn, from.DependsOn);
        Assert.Contains(from.Urn, until.DependsOn);

        static string? Bound(PlannedResource action, string bound) => action.Input($"scalableTargetAction.{bound}");
    }

    [Fact]
    public void On_Google_Cloud_what_does_so_changes_the_service_on_behalf_of_an_account_of_its_own()
    {
        var plan = Plan(Cloud.Gcp, new(2026, 11, 26));

        const string Type = "gcp:cloudscheduler/job:Job";
        var (from, until) = (plan.Only(Type, "shop-from-1"), plan.Only(Type, "shop-until-1"));
        Assert.Equal(("0 0 20 12 *", "Europe/Paris", "PATCH"), (
            from.Input("schedule"), from.Input("timeZone"), from.Input("httpTarget.httpMethod")));
        Assert.EndsWith(
            "/services/sample-production-shop?updateMask=scaling.minInstanceCount",
            from.Input("httpTarget.uri"),
            StringComparison.Ordinal);
        Assert.Equal("{\"scaling\":{\"minInstanceCount\":20}}", Body(from));
        Assert.Equal("{\"scaling\":{\"minInstanceCount\":2}}", Body(until));
        Assert.Equal("roles/run.developer", plan.Only("gcp:cloudrunv2/serviceIamMember:ServiceIamMember").Input("role"));
        Assert.Equal("roles/iam.serviceAccountUser", plan.Only("gcp:serviceaccount/iAMMember:IAMMember").Input("role"));

        // Another maximum would make a new revision.
        Assert.Equal("60", plan.Only("gcp:cloudrunv2/service:Service").Input("template.scaling.maxInstanceCount"));
        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "gcp-scaling-schedule", Component: "shop" });

        static string Body(PlannedResource job) =>
            System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(job.Input("httpTarget.body")!));
    }

    [Fact]
    public void Workers_on_Google_Cloud_have_another_number_of_replicas_meanwhile()
    {
        var plan = Fixtures.Of(Cloud.Gcp).PlanWithoutErrors(model =>
            model.Add(new ContainerService("mailer", new() { Scaling = new() { Minimum = 2, Maximum = 2, Schedules = [Office] } })));

        Assert.EndsWith(
            "/workerPools/{mailer:WorkerPool.name}?updateMask=scaling.manualInstanceCount",
            plan.Only("gcp:cloudscheduler/job:Job", "mailer-from-1").Input("httpTarget.uri"),
            StringComparison.Ordinal);
        Assert.DoesNotContain(plan.Findings, finding => finding.Rule.Id == "gcp-scaling");
    }

    [Fact]
    public void In_a_cluster_what_does_so_may_change_this_one_autoscaler_and_nothing_else()
    {
        var plan = Plan(Cloud.Kubernetes, new(2026, 11, 26));

        var role = plan.Only("kubernetes:rbac.authorization.k8s.io/v1:Role");
        Assert.Equal("[\"{shop-scaling.metadata.name}\"]", role.Input("rules[0].resourceNames"));
        Assert.Equal("[\"patch\"]", role.Input("rules[0].verbs"));
        Assert.Null(role.Input("rules[1]"));

        var begins = plan.Only("kubernetes:batch/v1:CronJob", "shop-from-1");
        Assert.Equal(("0 0 20 12 *", "Europe/Paris"), (begins.Input("spec.schedule"), begins.Input("spec.timeZone")));
        Assert.Equal("True", begins.Input("spec.jobTemplate.spec.template.spec.automountServiceAccountToken"));
        Assert.Equal("{\"spec\":{\"minReplicas\":20,\"maxReplicas\":60}}", Patch(begins));
        Assert.Equal(
            "{\"spec\":{\"minReplicas\":2,\"maxReplicas\":4}}",
            Patch(plan.Only("kubernetes:batch/v1:CronJob", "shop-until-1")));
        Assert.Equal(
            "true",
            plan.Only("kubernetes:autoscaling/v2:HorizontalPodAutoscaler").Input("metadata.annotations")![^6..^2]);

        static string Patch(PlannedResource job) => Kubelet.EnvironmentOf(job)[KubernetesScalingSchedules.Patch];
    }

    [Fact]
    public void A_service_without_schedules_has_nothing_of_them()
    {
        var plan = Plan(Cloud.Kubernetes, new(2026, 11, 26), new Scaling());

        Assert.Empty(plan.OfType("kubernetes:rbac.authorization.k8s.io/v1:Role"));
        Assert.Null(plan.Only("kubernetes:autoscaling/v2:HorizontalPodAutoscaler").Input("metadata.annotations"));
    }

    [Fact]
    public void What_runs_in_the_cluster_sends_the_bounds_with_the_token_of_its_account()
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "token"), "a-token");
            var curl = Path.Combine(folder.FullName, "curl");
            File.WriteAllText(curl, "#!/bin/sh\ncat\nfor word in \"$@\"; do echo \"$word\"; done\n");
            File.SetUnixFileMode(curl, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            var command = Kubelet.CommandOf(
                Plan(Cloud.Kubernetes, new(2026, 11, 26)).Only("kubernetes:batch/v1:CronJob", "shop-from-1"));
            var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true };
            start.Environment["PATH"] = $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
            start.Environment[KubernetesScalingSchedules.Account] = folder.FullName;
            start.Environment[KubernetesScalingSchedules.Url] = "https://api/shop";
            start.Environment[KubernetesScalingSchedules.Patch] = "{\"spec\":{}}";
            using var process = Process.Start(start)!;
            var said = process.StandardOutput.ReadToEnd().Split('\n');
            process.WaitForExit();

            Assert.Equal(0, process.ExitCode);
            Assert.Equal("oauth2-bearer = \"a-token\"", said[0]);
            Assert.DoesNotContain("a-token", said[1..]);
            Assert.Contains("{\"spec\":{}}", said);
            Assert.Equal("https://api/shop", said[^2]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_stack_file_may_give_them()
    {
        var system = TestSystems.Declare(model => model.Add(new ContainerService("shop", new() { Port = 8080 })));
        var settings = Fixtures.Of(Cloud.Aws).SettingsFor(system, EnvironmentKind.Production);
        var plan = Rehearsal.Run(system, settings with
        {
            Components = new Dictionary<string, JsonObject>
            {
                ["shop"] = new()
                {
                    ["scaling"] = new JsonObject
                    {
                        ["schedules"] = new JsonArray(
                            new JsonObject { ["from"] = "0 7 * * MON-FRI", ["until"] = "0 20 * * MON-FRI", ["minimum"] = 3 }),
                    },
                },
            },
        }).WithoutErrors();

        Assert.Equal(
            "3",
            plan.Only("aws:appautoscaling/scheduledAction:ScheduledAction", "shop-from-1").Input("scalableTargetAction.minCapacity"));
    }

    [Fact]
    public void Outside_production_peaks_are_as_small_as_everything_else()
    {
        var staging = (ContainerServiceArgs)new ContainerServiceArgs { Scaling = new() { Schedules = [Christmas] } }
            .For(EnvironmentProfile.Of(EnvironmentKind.Staging));

        Assert.Equal((4, 4), staging.Scaling.BoundsOf(staging.Scaling.Schedules[0]));
    }

    private static Plan Plan(Cloud cloud, DateOnly day, Scaling? scaling = null)
    {
        var system = TestSystems.Declare(model => model.Add(
            new ContainerService("shop", new() { Port = 8080, Scaling = scaling ?? new() { Schedules = [Christmas] } })));
        var settings = Fixtures.Of(cloud).SettingsFor(system, EnvironmentKind.Production);
        return Rehearsal.Run(system, settings with { Today = day }).WithoutErrors();
    }

    private static int Nodes(Plan plan) => plan.Resources
        .Where(resource => resource.Type is "scaleway:kubernetes/pool:Pool" or "ovh:CloudProject/kubeNodePool:KubeNodePool")
        .Sum(pool => Number(pool.Input("maxSize") ?? pool.Input("maxNodes")));

    private static int Number(string? text) => int.Parse(text!, System.Globalization.CultureInfo.InvariantCulture);
}

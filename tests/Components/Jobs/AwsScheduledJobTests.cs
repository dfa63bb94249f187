using System.Diagnostics;
using Infra.Components.Buckets;
using Infra.Components.Jobs;
using Infra.Components.Networks;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Services.Aws;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Jobs;

public sealed class AwsScheduledJobTests
{
    private const string Schedule = "aws:scheduler/schedule:Schedule";
    private const string Policy = "aws:iam/rolePolicy:RolePolicy";

    private static readonly ScheduledJobArgs Nightly = new() { Schedule = "0 3 * * *" };

    [Fact]
    public void The_schedule_may_start_its_own_task_and_pass_the_roles_of_that_task_and_nothing_else()
    {
        var plan = AwsPlans.Of(model =>
        {
            model.Add(new ScheduledJob("report", Nightly)).Writes(model.Add(new Bucket("photos")));
            model.Add(new ScheduledJob("tidy", Nightly));
        });

        Assert.Equal(
            [
                "Allow ecs:RunTask on arn:aws:ecs:eu-west-3:111122223333:task-definition/sample-production_report:*",
                "Allow ecs:TagResource on arn:aws:ecs:eu-west-3:111122223333:task/sample-production/*",
                "Allow iam:PassRole on {report-execution:Role.arn} {report:Role.arn}",
            ],
            plan.Only(Policy, "report-schedule").Statements());
        Assert.Equal("Allow iam:PassRole on {tidy-execution:Role.arn}", plan.Only(Policy, "tidy-schedule").Statements()[2]);
        Assert.Contains("scheduler.amazonaws.com", plan.Only("aws:iam/role:Role", "report-schedule").Input("assumeRolePolicy"));
    }

    [Fact]
    public void It_starts_the_newest_revision_in_the_private_subnets_once_its_links_work()
    {
        var plan = AwsPlans.Of(model => model.Add(new ScheduledJob("report", Nightly)).Writes(model.Add(new Bucket("photos"))));

        var schedule = plan.Only(Schedule, "report");
        Assert.Equal("{report:TaskDefinition.arn}", schedule.Input("target.ecsParameters.taskDefinitionArn"));
        Assert.Equal("False", schedule.Input("target.ecsParameters.networkConfiguration.assignPublicIp"));
        Assert.Equal("OFF", schedule.Input("flexibleTimeWindow.mode"));
        Assert.Contains(plan.Only(Policy, "report-schedule").Urn, schedule.DependsOn);
        Assert.Contains(plan.Only(Policy, "report-photos-access").Urn, schedule.DependsOn);
    }

    [Fact]
    public void Where_no_image_can_be_fetched_that_ends_runs_a_finding_says_so_and_an_image_of_ones_own_helps()
    {
        Assert.Contains(Plan(null).Findings, finding => finding is { Rule.Id: "aws-scheduled-job-timeout", Component: "report" });
        Assert.DoesNotContain(
            Plan("111122223333.dkr.ecr.eu-west-3.amazonaws.com/busybox:1").Findings,
            finding => finding.Rule.Id == "aws-scheduled-job-timeout");

        static Infra.Plans.Plan Plan(string? image) => AwsPlans.Try(model =>
        {
            model.Add(new PrivateNetwork("network", new() { Egress = Egress.None }));
            model.Add(new ScheduledJob("report", Nightly with { Tweaks = [new AwsServiceTweak { BusyBoxImage = image }] }));
        });
    }

    [Fact]
    public void Nobody_repeats_a_run_that_fails_and_a_finding_says_so() => Assert.Contains(
        AwsPlans.Of(model => model.Add(new ScheduledJob("report", Nightly with { Retries = 1 }))).Findings,
        finding => finding is { Rule.Id: "aws-scheduled-job-retries", Component: "report" });

    [Fact]
    public void What_ends_a_run_fails_when_the_time_is_over_and_succeeds_when_the_run_ends_before()
    {
        if (OperatingSystem.IsWindows()) return;
        var (code, error) = Run(new("busybox", TimeSpan.FromSeconds(1)), end: false);
        Assert.Equal((1, "Stopped after "), (code, error[..14]));
        Assert.Equal((0, ""), Run(new("busybox", TimeSpan.FromHours(1)), end: true));
    }

    // ECS tells the containers of a task to stop when an essential one has ended.
    private static (int Code, string Error) Run(AwsTaskTimeout timeout, bool end)
    {
        var script = timeout.Script;
        if (end) script = $"(sleep 1; kill -TERM $$) & {script}";
        var start = new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return (process.ExitCode, end ? "" : process.StandardError.ReadToEnd());
    }
}

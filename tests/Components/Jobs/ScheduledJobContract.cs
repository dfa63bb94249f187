using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Jobs;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Jobs;

/// <summary>What a scheduled job promises on every cloud.</summary>
public abstract class ScheduledJobContract(CloudFixture cloud)
{
    protected CloudFixture Cloud => cloud;

    /// <summary>Whether the cloud starts no run while another one is under way.</summary>
    protected virtual bool NeverOverlaps => false;

    /// <summary>How the cloud spells every quarter of an hour from 8 to 18 o'clock on working days.</summary>
    protected virtual string Spelling => "*/15 8-18 * * 1-5";

    /// <summary>The resource that starts a job's runs.</summary>
    protected abstract PlannedResource ScheduleOf(Plan plan, string job);

    /// <summary>When it starts them.</summary>
    protected abstract (string Times, string Zone, bool Suspended) TimesOf(PlannedResource schedule);

    /// <summary>How long one attempt may take.</summary>
    protected abstract TimeSpan AttemptOf(Plan plan, string job);

    [Fact]
    public void Its_schedule_is_known() => Assert.NotEmpty(
        Plan(new() { Schedule = "0 3 * * *" }).Component("report", ScheduledJobKind.Instance).Outputs.At("scheduleId")!);

    [Fact]
    public void It_runs_when_it_is_due_where_it_is_due()
    {
        var plan = Plan(new() { Schedule = "*/15 8-18 * * MON-FRI", TimeZone = "Europe/Paris", TimeoutMinutes = 5 });

        Assert.Equal((Spelling, "Europe/Paris", false), TimesOf(ScheduleOf(plan, "report")));
    }

    [Fact]
    public void It_does_not_run_while_it_is_suspended()
    {
        var plan = Plan(new() { Schedule = "0 3 * * *", Suspended = true });

        Assert.True(TimesOf(ScheduleOf(plan, "report")).Suspended);
    }

    [Fact]
    public void It_is_due_in_every_environment_alike() => Assert.All(
        [EnvironmentKind.Staging, EnvironmentKind.Preview],
        environment => Assert.Equal(
            TimesOf(ScheduleOf(Plan(new() { Schedule = "0 3 * * *" }), "report")),
            TimesOf(ScheduleOf(Plan(new() { Schedule = "0 3 * * *" }, environment), "report"))));

    [Fact]
    public void An_update_runs_nothing()
    {
        var plan = Plan(new() { Schedule = "0 3 * * *" });

        Assert.DoesNotContain(plan.Of("report"), resource =>
            resource.TypeName is "Invocation" or "RandomId"
            || resource.Type == "kubernetes:batch/v1:Job"
            || resource.Input("runExecutionToken") is not null);
    }

    [Fact]
    public void An_attempt_ends_when_its_time_is_over() =>
        Assert.Equal(TimeSpan.FromHours(30), AttemptOf(Plan(new() { Schedule = "0 3 1 * *", TimeoutMinutes = 30 * 60 }), "report"));

    [Fact]
    public void Runs_never_overlap_or_a_finding_says_of_those_that_may()
    {
        var may = Plan(new() { Schedule = "*/15 * * * *", TimeoutMinutes = 16 });
        var cannot = Plan(new() { Schedule = "*/15 * * * *", TimeoutMinutes = 15 });

        Assert.Equal(!NeverOverlaps, may.Findings.Any(finding => finding is { Rule.Id: "scheduled-job-overlap", Component: "report" }));
        Assert.DoesNotContain(cannot.Findings, finding => finding.Rule.Id == "scheduled-job-overlap");
        if (NeverOverlaps) Assert.Equal("Forbid", ScheduleOf(may, "report").Input("spec.concurrencyPolicy"));
    }

    [Fact]
    public void It_sees_what_it_is_linked_to_and_runs_the_image_of_the_stack_file()
    {
        var plan = cloud.PlanWithoutErrors(model =>
            model.Add(new ScheduledJob("report", new() { Schedule = "0 3 * * *" })).Reads(model.Add(new ManagedDatabase("orders"))));

        Assert.True(cloud.VariablesOf(plan, "report")["ORDERS_PASSWORD"].IsSecret);
        Assert.Contains(
            $"report@{TestSettings.Digest}",
            cloud.WorkloadOf(plan, "report").Inputs.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_due_only_once_the_job_that_prepares_its_database_has_succeeded_and_nobody_waits_for_it()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            model.Add(new Job("schema")).Writes(orders);
            model.Add(new ScheduledJob("tidy", new() { Schedule = "0 3 * * *" })).Writes(orders);
            model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders);
        });

        Assert.True(plan.ComesAfter(ScheduleOf(plan, "tidy"), cloud.RunOf(plan, "schema")));
        Assert.False(plan.ComesAfter(cloud.StartOf(plan, "shop"), ScheduleOf(plan, "tidy")));
        Assert.False(plan.ComesAfter(cloud.StartOf(plan, "shop"), cloud.WorkloadOf(plan, "tidy")));
    }

    private Plan Plan(ScheduledJobArgs args, EnvironmentKind environment = EnvironmentKind.Production) =>
        cloud.PlanWithoutErrors(model => model.Add(new ScheduledJob("report", args)), environment);
}

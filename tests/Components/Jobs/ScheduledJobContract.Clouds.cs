using System.Globalization;
using Infra.Plans;
using Infra.Tests.Testing;

namespace Infra.Tests.Jobs;

public sealed class ScheduledJobOnAws() : ScheduledJobContract(new AwsFixture())
{
    protected override PlannedResource ScheduleOf(Plan plan, string job) => plan.Only("aws:scheduler/schedule:Schedule", job);

    protected override (string Times, string Zone, bool Suspended) TimesOf(PlannedResource schedule) => (
        schedule.Input("scheduleExpression")!,
        schedule.Input("scheduleExpressionTimezone")!,
        schedule.Input("state") == "DISABLED");

    protected override string Spelling => "cron(0/15 8-18 ? * MON-FRI *)";

    protected override TimeSpan AttemptOf(Plan plan, string job) => TimeSpan.FromSeconds(int.Parse(
        plan.Only("aws:ecs/taskDefinition:TaskDefinition", job)
            .JsonInput("containerDefinitions")!.Value.EnumerateArray()
            .Single(container => container.At("name") == $"{job}-timeout")
            .At("command[0]")!.Split("sleep ")[1].Split(' ')[0],
        CultureInfo.InvariantCulture));
}

public sealed class ScheduledJobOnGoogleCloud() : ScheduledJobContract(new GcpFixture())
{
    protected override PlannedResource ScheduleOf(Plan plan, string job) => plan.Only("gcp:cloudscheduler/job:Job", job);

    protected override (string Times, string Zone, bool Suspended) TimesOf(PlannedResource schedule) =>
        (schedule.Input("schedule")!, schedule.Input("timeZone")!, schedule.Input("paused") == "True");

    protected override TimeSpan AttemptOf(Plan plan, string job) => TimeSpan.FromSeconds(int.Parse(
        plan.Only("gcp:cloudrunv2/job:Job", job).Input("template.template.timeout")!.TrimEnd('s'),
        CultureInfo.InvariantCulture));
}

public abstract class ScheduledJobInClusters(KubernetesFixture cloud) : ScheduledJobContract(cloud)
{
    protected override bool NeverOverlaps => true;

    protected override PlannedResource ScheduleOf(Plan plan, string job) => plan.Only("kubernetes:batch/v1:CronJob", job);

    protected override (string Times, string Zone, bool Suspended) TimesOf(PlannedResource schedule) =>
        (schedule.Input("spec.schedule")!, schedule.Input("spec.timeZone")!, schedule.Input("spec.suspend") == "True");

    protected override TimeSpan AttemptOf(Plan plan, string job) => TimeSpan.FromSeconds(int.Parse(
        ScheduleOf(plan, job).Input("spec.jobTemplate.spec.template.spec.activeDeadlineSeconds")!,
        CultureInfo.InvariantCulture));
}

public sealed class ScheduledJobOnScaleway() : ScheduledJobInClusters(new ScalewayFixture());

public sealed class ScheduledJobOnOvh() : ScheduledJobInClusters(new OvhFixture());

public sealed class ScheduledJobOnKubernetes() : ScheduledJobInClusters(new KubernetesFixture());

using Infra.Components.Jobs;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Jobs;

public sealed class KubernetesScheduledJobTests
{
    private const string Type = "kubernetes:batch/v1:CronJob";

    private static readonly ScheduledJobArgs Nightly = new() { Schedule = "0 3 * * *", TimeoutMinutes = 10, Retries = 2 };

    [Fact]
    public void Attempts_are_repeated_as_often_as_allowed_and_all_together_end_also_where_no_node_takes_them()
    {
        var schedule = KubernetesPlans.Good(model => model.Add(new ScheduledJob("report", Nightly))).Only(Type);

        Assert.Equal("2", schedule.Input("spec.jobTemplate.spec.backoffLimit"));
        Assert.Equal("600", schedule.Input("spec.jobTemplate.spec.template.spec.activeDeadlineSeconds"));
        Assert.Equal("4500", schedule.Input("spec.jobTemplate.spec.activeDeadlineSeconds"));
        Assert.Equal("Never", schedule.Input("spec.jobTemplate.spec.template.spec.restartPolicy"));
    }

    [Fact]
    public void A_run_that_was_missed_starts_within_the_hour_and_the_latest_runs_stay_with_their_logs()
    {
        var schedule = KubernetesPlans.Good(model => model.Add(new ScheduledJob("report", Nightly))).Only(Type);

        Assert.Equal("3600", schedule.Input("spec.startingDeadlineSeconds"));
        Assert.Equal(("3", "3"), (schedule.Input("spec.failedJobsHistoryLimit"), schedule.Input("spec.successfulJobsHistoryLimit")));
    }

    [Fact]
    public void Its_name_is_pulumi_s_and_has_room_for_what_kubernetes_adds_to_runs() =>
        Assert.Null(KubernetesPlans.Good(model => model.Add(new ScheduledJob("report", Nightly))).Only(Type).Input("metadata.name"));

    [Fact]
    public void No_autoscaler_of_nodes_interrupts_a_run() => Assert.Contains(
        "\"cluster-autoscaler.kubernetes.io/safe-to-evict\":\"false\"",
        KubernetesPlans.Good(model => model.Add(new ScheduledJob("report", Nightly)))
            .Only(Type)
            .Input("spec.jobTemplate.spec.template.metadata.annotations"),
        StringComparison.Ordinal);
}

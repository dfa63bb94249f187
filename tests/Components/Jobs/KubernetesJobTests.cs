using Infra.Components.Databases;
using Infra.Components.Jobs;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Jobs;

public sealed class KubernetesJobTests
{
    private const string Type = "kubernetes:batch/v1:Job";

    [Fact]
    public void It_ends_in_time_is_repeated_as_often_as_allowed_and_stays()
    {
        var job = KubernetesPlans.Good(model => model.Add(new Job("schema", new() { TimeoutMinutes = 5, Retries = 2 })))
            .Only(Type, "schema");

        Assert.Equal("300", job.Input("spec.activeDeadlineSeconds"));
        Assert.Equal("2", job.Input("spec.backoffLimit"));
        Assert.Equal("Never", job.Input("spec.template.spec.restartPolicy"));
        Assert.Null(job.Input("spec.ttlSecondsAfterFinished"));
        Assert.Null(job.Input("metadata.name"));
    }

    [Fact]
    public void Another_owner_or_class_of_data_does_not_run_it_again()
    {
        var before = KubernetesPlans.Good(model => model.Add(new Job("schema"))).Only(Type, "schema");
        var after = KubernetesPlans.Plan(
            model => model.Add(new Job("schema", new() { DataClass = DataClass.Confidential })),
            settings: settings => settings with { Owner = "others@example.org" }).Only(Type, "schema");

        Assert.NotEqual(before.Input("metadata.labels"), after.Input("metadata.labels"));
        Assert.Equal(before.Input("spec"), after.Input("spec"));
    }

    [Fact]
    public void The_update_waits_as_long_as_it_may_take() => Assert.Equal(
        TimeSpan.FromMinutes(15),
        RegisteredOptions
            .Of(Cloud.Kubernetes, Type, model => model.Add(new Job("schema", new() { TimeoutMinutes = 14 })))["schema"]
            .CustomTimeouts?.Create);

    [Fact]
    public void No_autoscaler_of_nodes_interrupts_it() =>
        Assert.Contains(
            "\"cluster-autoscaler.kubernetes.io/safe-to-evict\":\"false\"",
            KubernetesPlans.Good(model => model.Add(new Job("schema"))).Only(Type, "schema").Input("spec.template.metadata.annotations"),
            StringComparison.Ordinal);

    [Fact]
    public void It_waits_for_its_login()
    {
        var plan = KubernetesPlans.Good(model => model.Add(new Job("schema")).Writes(model.Add(new ManagedDatabase("orders"))));

        Assert.Contains(plan.Only(Type, "orders-grants").Urn, plan.Only(Type, "schema").DependsOn);
    }
}

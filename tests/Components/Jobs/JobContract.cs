using Infra.Components.Databases;
using Infra.Components.Jobs;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Jobs;

/// <summary>What a one-off job promises on every cloud.</summary>
public abstract class JobContract(CloudFixture cloud)
{
    protected CloudFixture Cloud => cloud;

    [Fact]
    public void Its_run_is_known() =>
        Assert.NotEmpty(
            cloud.PlanWithoutErrors(model => model.Add(new Job("schema"))).Component("schema", JobKind.Instance).Outputs.At("runId")!);

    [Fact]
    public void It_sees_what_it_is_linked_to()
    {
        var plan = cloud.PlanWithoutErrors(model => model.Add(new Job("schema")).Writes(model.Add(new ManagedDatabase("orders"))));

        Assert.True(cloud.VariablesOf(plan, "schema")["ORDERS_PASSWORD"].IsSecret);
    }

    [Fact]
    public void It_runs_the_image_of_the_stack_file() =>
        Assert.Contains(
            $"schema@{TestSettings.Digest}",
            cloud.WorkloadOf(cloud.PlanWithoutErrors(model => model.Add(new Job("schema"))), "schema").Inputs.ToString(),
            StringComparison.Ordinal);

    [Fact]
    public void It_runs_its_command()
    {
        var plan = cloud.PlanWithoutErrors(model => model.Add(new Job("schema", new() { Command = ["migrate", "--all"] })));

        Assert.Contains("migrate", cloud.WorkloadOf(plan, "schema").Inputs.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_does_not_run_again_when_somebody_else_comes_or_goes()
    {
        Assert.NotEmpty(Own(false));
        Assert.Equal(Own(false), Own(true));

        IEnumerable<string> Own(bool crowded) => cloud
            .PlanWithoutErrors(model =>
            {
                var orders = model.Add(new ManagedDatabase("orders"));
                model.Add(new Job("schema")).Writes(orders);
                if (!crowded) return;
                model.Add(new ContainerService("worker")).Reads(orders);
                model.Add(new ContainerService("stranger"));
            })
            .Of("schema")
            .Select(resource => $"{resource.Urn} {resource.Inputs}");
    }

    [Fact]
    public void Services_that_use_the_database_that_it_writes_start_when_it_has_succeeded()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            var (orders, others) = (model.Add(new ManagedDatabase("orders")), model.Add(new ManagedDatabase("others")));
            model.Add(new Job("schema")).Writes(orders);
            model.Add(new Job("tidy")).Reads(orders);
            model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders);
            model.Add(new ContainerService("report")).Reads(orders);
            model.Add(new ContainerService("stranger")).Reads(others);
        });

        Assert.True(plan.ComesAfter(cloud.StartOf(plan, "shop"), cloud.RunOf(plan, "schema")));
        Assert.True(plan.ComesAfter(cloud.StartOf(plan, "report"), cloud.RunOf(plan, "schema")));
        Assert.False(plan.ComesAfter(cloud.StartOf(plan, "stranger"), cloud.RunOf(plan, "schema")));
        Assert.False(plan.ComesAfter(cloud.StartOf(plan, "shop"), cloud.RunOf(plan, "tidy")));
    }
}

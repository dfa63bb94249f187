using Infra.Components.Jobs;
using Infra.Components.Networks;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Jobs;

public sealed class AwsJobTests
{
    [Fact]
    public void It_runs_once_per_revision_with_its_own_time_and_repetitions()
    {
        var plan = AwsPlans.Of(model => model.Add(new Job("schema", new() { TimeoutMinutes = 12, Retries = 3 })));

        var input = plan.Only("aws:lambda/invocation:Invocation").JsonInput("input")!.Value;
        Assert.Equal("{schema:TaskDefinition.arn}", input.At("taskDefinition"));
        Assert.Equal(("720", "4"), (input.At("timeoutSeconds"), input.At("attempts")));
        Assert.Contains("network-private-1", input.At("subnets[0]")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_zone_of_the_network_runs_no_job_anew()
    {
        Assert.Equal(Input(zones: 2), Input(zones: 3));

        static string? Input(int zones) => AwsPlans.Of(model =>
        {
            model.Add(new PrivateNetwork("network", new() { Zones = zones }));
            model.Add(new Job("schema"));
        }).Only("aws:lambda/invocation:Invocation").Input("input");
    }

    [Fact]
    public void The_runner_outlives_the_longest_job()
    {
        var function = AwsPlans.Of(model => model.Add(new Job("schema", new() { TimeoutMinutes = 14 })))
            .Only("aws:lambda/function:Function");

        Assert.Equal("900", function.Input("timeout"));
    }

    [Fact]
    public void Where_nothing_runs_once_there_is_no_runner() =>
        Assert.Empty(
            AwsPlans.Of(model => model.Add(new Components.Services.ContainerService("shop"))).OfType("aws:lambda/function:Function"));
}

using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Jobs;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Jobs;

public sealed class GcpJobTests
{
    [Fact]
    public void It_runs_again_only_when_what_it_runs_has_changed()
    {
        Assert.Equal(State("schema:1"), State("schema:1"));
        Assert.NotEqual(State("schema:1"), State("schema:2"));
        Assert.NotEqual(State("schema:1"), State("schema:1", new() { Command = ["migrate"] }));
        Assert.NotEqual(State("schema:1"), State("schema:1", new() { Environment = new() { ["MODE"] = "full" } }));
    }

    [Fact]
    public void It_runs_again_when_an_earlier_image_or_intent_returns_because_no_token_is_ever_the_same()
    {
        var plan = GcpPlans.Good(model => model.Add(new Job("schema")).Writes(model.Add(new ManagedDatabase("orders"))));

        foreach (var (job, token) in new[] { ("schema", "schema-run"), ("orders-grants", "orders-grants-run") })
        {
            Assert.Equal($"{{{token}.hex}}", plan.Only("gcp:cloudrunv2/job:Job", job).Input("runExecutionToken"));
            Assert.NotNull(plan.Only("random:index/randomId:RandomId", token).Input("keepers.image"));
        }
    }

    [Fact]
    public void Its_last_run_is_known_by_that_token() => Assert.Equal(
        "{schema:Job.name}-{schema-run.hex}",
        Plan("schema:1", new()).Component("schema", JobKind.Instance).Outputs.At("runId"));

    [Fact]
    public void Its_command_is_what_the_images_entry_point_receives()
    {
        var job = Plan("schema:1", new() { Command = ["migrate", "--all"], TimeoutMinutes = 5, Retries = 2 }).Only(
            "gcp:cloudrunv2/job:Job");

        Assert.Equal("--all", job.Input("template.template.containers[0].args[1]"));
        Assert.Equal("300s", job.Input("template.template.timeout"));
        Assert.Equal("2", job.Input("template.template.maxRetries"));
    }

    [Fact]
    public void An_update_waits_for_every_attempt() => Assert.Equal(
        TimeSpan.FromMinutes(40),
        RegisteredOptions.Of(
            Cloud.Gcp,
            "gcp:cloudrunv2/job:Job",
            model => model.Add(new Job("schema", new() { TimeoutMinutes = 10, Retries = 2 })))["schema"].CustomTimeouts?.Create);

    private static string State(string image, JobArgs? args = null) =>
        Plan(image, args ?? new()).Only("random:index/randomId:RandomId", "schema-run").Input("keepers")!;

    private static Plan Plan(string image, JobArgs args) => GcpPlans.Good(
        model => model.Add(new Job("schema", args)),
        EnvironmentKind.Staging,
        settings => settings with { Images = new Dictionary<string, string> { ["schema"] = $"docker.io/sample/{image}" } });
}

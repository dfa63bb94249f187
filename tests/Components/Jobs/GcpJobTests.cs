using Infra.Components.Checks;
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
        Assert.Equal(Token("schema:1"), Token("schema:1"));
        Assert.NotEqual(Token("schema:1"), Token("schema:2"));
        Assert.NotEqual(Token("schema:1"), Token("schema:1", new() { Command = ["migrate"] }));
        Assert.NotEqual(Token("schema:1"), Token("schema:1", new() { Environment = new Dictionary<string, string> { ["MODE"] = "full" } }));
    }

    [Fact]
    public void Its_last_run_is_known_by_that_token()
    {
        var plan = Plan("schema:1", new());

        Assert.Equal(
            $"{{schema:Job.name}}-{plan.Only("gcp:cloudrunv2/job:Job").Input("runExecutionToken")}",
            plan.Component("schema", JobKind.Instance).Outputs.At("runId"));
    }

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

    private static string Token(string image, JobArgs? args = null) =>
        Plan(image, args ?? new()).Only("gcp:cloudrunv2/job:Job").Input("runExecutionToken")!;

    private static Plan Plan(string image, JobArgs args) => GcpPlans.Good(
        model => model.Add(new Job("schema", args)),
        EnvironmentKind.Staging,
        settings => settings with { Images = new Dictionary<string, string> { ["schema"] = $"docker.io/sample/{image}" } });
}

using Xunit;

namespace Infra.Tests.Engine;

/// <summary>The program as the Pulumi engine's host starts it, with nothing that listens on the engine's address.</summary>
public sealed class EngineRunTests
{
    [Fact]
    public void Settings_with_errors_are_all_reported_without_a_stack_trace()
    {
        var run = Start("""{"infra:system":"famlink","infra:cloud":"azure","infra:owner":"hunter2"}""", """["infra:owner"]""");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("Nothing of 'familink-test' is deployed", run.Error, StringComparison.Ordinal);
        Assert.Contains("infra:system is 'famlink'; allowed: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("infra:cloud is 'azure'; allowed: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("infra:location is missing", run.Error, StringComparison.Ordinal);
        Assert.Contains("infra:owner is [secret]", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", run.Output + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_of_the_rehearsal_are_reported_without_a_stack_trace()
    {
        var run = Start(
            """
            {"infra:system":"familink","infra:environment":"production","infra:cloud":"aws","infra:location":"paris","infra:owner":"platform",
            "infra:accounts":"{\"aws\":{\"accountId\":\"111122223333\"}}","infra:placement":"{\"databse\":\"aws\"}"}
            """,
            "[]");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("infra:placement names 'databse'", run.Error, StringComparison.Ordinal);
        Assert.Contains("api: It has no image", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_arguments_and_without_an_engine_usage_is_shown()
    {
        var run = ProgramProcess.Run(["dotnet", ProgramProcess.Program]);

        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains("plan <stack>", run.Error, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output, string Error) Start(string configuration, string secretKeys) => ProgramProcess.Run(
        ["dotnet", ProgramProcess.Program],
        new Dictionary<string, string>
        {
            ["PULUMI_ENGINE"] = "127.0.0.1:1",
            ["PULUMI_MONITOR"] = "127.0.0.1:1",
            ["PULUMI_PROJECT"] = "infra",
            ["PULUMI_STACK"] = "familink-test",
            ["PULUMI_DRY_RUN"] = "true",
            ["PULUMI_QUERY_MODE"] = "false",
            ["PULUMI_PARALLEL"] = "1",
            ["PULUMI_CONFIG"] = configuration,
            ["PULUMI_CONFIG_SECRET_KEYS"] = secretKeys,
        });
}

using Infra.Components.Buckets;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Infra.Engine;
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

    [Theory]
    [InlineData("not json", "[]")]
    [InlineData("{}", "{}")]
    public void A_configuration_that_cannot_be_read_is_one_message(string configuration, string secretKeys)
    {
        var run = Start(configuration, secretKeys);

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Equal(
            [
                "Nothing of 'familink-test' is deployed, because of errors that were found beforehand:",
                "error: PULUMI_CONFIG or PULUMI_CONFIG_SECRET_KEYS is not what Pulumi sets; allowed: a JSON object of texts, and a JSON "
                + "list of keys. Start the program with the pulumi command. [settings-file]",
            ],
            run.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Whatever_a_system_does_its_author_gets_a_sentence()
    {
        using var error = new StringWriter { NewLine = "\n" };
        var variables = new EngineVariables(
            "sample-production",
            """
            {"infra:system":"sample","infra:environment":"production","infra:cloud":"aws","infra:location":"paris","infra:owner":"platform",
            "infra:accounts":"{\"aws\":{\"accountId\":\"111122223333\"}}"}
            """,
            "[]");

        var exitCode = await EngineRun.RunAsync(variables, [new Faulty()], error, TimeProvider.System);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("Nothing of 'sample-production' is deployed", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "DivideByZeroException",
            error.ToString(),
            StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_arguments_and_without_an_engine_usage_is_shown()
    {
        var run = ProgramProcess.Run(["dotnet", ProgramProcess.Program]);

        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains("plan <stack>", run.Error, StringComparison.Ordinal);
    }

    /// <summary>A system with a component that fails where nobody expects it.</summary>
    private sealed class Faulty : SystemDeclaration
    {
        public override string Name => "sample";

        public override void Declare(Model model) => model.Add(new FaultyComponent());

        private sealed class FaultyComponent() : Component<FaultyArgs>("faulty", new())
        {
            public override ComponentKind Kind => BucketKind.Instance;
        }

        private sealed record FaultyArgs : Arguments
        {
            public override void Check(Guard guard) => throw new DivideByZeroException("told on one line\nand no other");
        }
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

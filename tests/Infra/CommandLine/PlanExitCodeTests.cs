using System.Text.Json;
using Infra.CommandLine;
using Infra.Components.Checks;
using Infra.Rehearsals;
using Infra.Settings;
using Infra.Stacks;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.CommandLine;

public sealed class PlanExitCodeTests : IDisposable
{
    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("infra-");

    public static TheoryData<string> Stacks => RepositoryStackTests.Stacks;

    public void Dispose() => _project.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Stacks))]
    public void A_plan_is_one_document_and_its_exit_code_says_whether_a_finding_is_an_error(string stack)
    {
        var folder = StackFolder.Around(Repository.Root)!;
        var settings = folder.Settings(stack, Systems.All.Select(system => system.Name), new Findings())!;
        var plan = Rehearsal.Run(Systems.All.Single(system => system.Name == settings.System), settings);

        var (exitCode, output, error) = Run(folder, "plan", stack, "--json");

        using var document = JsonDocument.Parse(output);
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
        Assert.Equal(plan.HasErrors ? ExitCode.Failed : ExitCode.Success, exitCode);
        Assert.Empty(error);
    }

    [Fact]
    public void A_stack_exports_where_it_can_be_reached_and_where_it_stands()
    {
        var settings = StackFolder.Around(Repository.Root)!.Settings("familink-production", ["familink"], new Findings())!;

        var outputs = Rehearsal.Run(Systems.All.Single(system => system.Name == "familink"), settings).Outputs;

        Assert.Equal(
            ["https://api.familink.example/", "https://www.familink.example/api"],
            outputs.GetProperty("urls").GetProperty("api").EnumerateArray().Select(url => url.GetString()));
        Assert.Equal("aws", outputs.GetProperty("placement").GetProperty("database").GetString());
        Assert.NotEmpty(outputs.GetProperty("addresses").GetProperty("edge").GetString()!);
        Assert.NotEmpty(outputs.GetProperty("nameServers").GetProperty("zone").GetString()!);
    }

    [Theory]
    [InlineData("infra:placement: { databse: aws }", "Did you mean 'database'? Correct the name or remove it.")]
    [InlineData("infra:addons: { gatway: platform-production }", "infra:addons.gatway is not a key of it")]
    [InlineData("infra:components: { databse: { size: large } }", "infra:components names 'databse'")]
    [InlineData("infra:components: { database: { sise: large } }", "infra:components.database.sise is not an argument")]
    [InlineData("infra:components: { database: { sise: large } }", "Did you mean 'size'? Correct the key or remove it.")]
    [InlineData("infra:components: { database: { size: lagre } }", "size is \"lagre\"; allowed: nano, small,")]
    [InlineData("infra:components: { database: { size: lagre } }", "Did you mean 'large'? Correct the value.")]
    [InlineData(
        "infra:components: { database: { storageGiB: plenty } }",
        "infra:components.database.storageGiB is \"plenty\"; allowed: a whole number")]
    public void A_setting_that_the_system_cannot_take_is_told_on_standard_error_with_exit_code_2(string line, string message)
    {
        var run = Plan(line);

        Assert.Equal((ExitCode.Unusable, ""), (run.ExitCode, run.Output));
        Assert.Single(
            run.Error.Split('\n'),
            told => told.StartsWith("error: ", StringComparison.Ordinal) && told.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Wrong_settings_are_told_together_with_everything_else_that_is_wrong()
    {
        var run = Plan("infra:components: { database: { sise: large, backupDays: 99 }, databse: {} }");

        Assert.Equal((ExitCode.Unusable, ""), (run.ExitCode, run.Output));
        Assert.All(
            ["[override-unknown]", "[unknown-name]", "BackupDays is 99"],
            part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public void A_value_that_is_out_of_range_is_a_finding_in_the_plan()
    {
        var run = Plan("infra:components: { database: { backupDays: 99 } }");

        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Error));
        Assert.Contains("BackupDays is 99", run.Output, StringComparison.Ordinal);
    }

    private (int ExitCode, string Output, string Error) Plan(string line)
    {
        var stacks = Directory.CreateDirectory(Path.Combine(_project.FullName, "stacks"));
        var stack = File.ReadAllText(Path.Combine(Repository.Root, "stacks", "Pulumi.familink-staging.yaml"));
        File.WriteAllText(Path.Combine(stacks.FullName, "Pulumi.familink-test.yaml"), RepositoryStacks.With(stack, line));
        return Run(new StackFolder(stacks.FullName), "plan", "familink-test", "--json");
    }

    private static (int ExitCode, string Output, string Error) Run(StackFolder folder, params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var exitCode = new InfraCommand(folder, Systems.All, output, error, TimeProvider.System).Run(arguments);
        return (exitCode, System.Text.Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}

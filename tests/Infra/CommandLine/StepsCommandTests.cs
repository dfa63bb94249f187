using Infra.CommandLine;
using Infra.Settings;
using Infra.Stacks;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.CommandLine;

public sealed class StepsCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("infra-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("first-steps", "Create the stack", "pulumi stack init familink-production")]
    [InlineData("take-down", "Destroy it", "pulumi destroy --stack familink-production")]
    public void The_steps_go_to_standard_output_and_nothing_else_does(string command, string title, string line)
    {
        var (exitCode, output, error) = Run(command, "familink-production");

        Assert.Equal(ExitCode.Success, exitCode);
        Assert.StartsWith("1. ", output, StringComparison.Ordinal);
        Assert.Contains($". {title}\n", output, StringComparison.Ordinal);
        Assert.Contains($"\n     {line}\n", output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Fact]
    public void They_go_to_a_file_where_one_is_named()
    {
        var file = Path.Combine(_folder.FullName, "steps");

        var (exitCode, output, _) = Run("first-steps", "familink-staging", "--output", file);

        Assert.Equal((ExitCode.Success, ""), (exitCode, output));
        Assert.StartsWith("1. ", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("first-steps")]
    [InlineData("take-down")]
    public void A_stack_that_does_not_exist_is_told_on_standard_error(string command)
    {
        var (exitCode, output, error) = Run(command, "familink-prod");

        Assert.Equal((ExitCode.Unusable, ""), (exitCode, output));
        Assert.Contains("There is no stack 'familink-prod'", error, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var folder = StackFolder.Around(Repository.Root);
        var exitCode = new InfraCommand(folder, Systems.All, output, error, TimeProvider.System).Run(arguments);
        return (exitCode, System.Text.Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}

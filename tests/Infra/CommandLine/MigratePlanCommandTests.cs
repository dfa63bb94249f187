using System.Text.Json;
using Infra.CommandLine;
using Infra.Settings;
using Infra.Stacks;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.CommandLine;

public sealed class MigratePlanCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("infra-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_plan_goes_to_standard_output_gaps_first_and_nothing_else_does()
    {
        var (_, output, error) = Run("familink-staging", "--to", "gcp");

        Assert.StartsWith("familink-staging: aws to gcp\n", output, StringComparison.Ordinal);
        Assert.True(
            output.IndexOf("Gaps and surprises", StringComparison.Ordinal) < output.IndexOf("Wave 1: ", StringComparison.Ordinal));
        Assert.Empty(error);
    }

    [Fact]
    public void The_document_numbers_its_waves_and_names_their_components()
    {
        var (exitCode, output, _) = Run("familink-staging", "--to", "gcp", "--json", "--at-most", "1");

        var plan = JsonElement.Parse(output);
        var waves = plan.GetProperty("waves").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, waves.Count), waves.Select(wave => wave.GetProperty("number").GetInt32()));
        Assert.All(waves, wave => Assert.NotEqual(0, wave.GetProperty("components").GetArrayLength()));
        Assert.Equal(plan.GetProperty("ready").GetBoolean() ? ExitCode.Success : ExitCode.Failed, exitCode);
    }

    [Fact]
    public void A_runbook_has_a_box_for_every_step_of_the_plan()
    {
        var file = Path.Combine(_folder.FullName, "runbook.md");

        var (_, output, _) = Run("familink-staging", "--to", "gcp", "--json", "--runbook", file);

        var steps = JsonElement.Parse(output)
            .GetProperty("waves")
            .EnumerateArray()
            .Sum(wave => wave.GetProperty("steps").GetArrayLength());
        var lines = File.ReadAllLines(file);
        Assert.Equal(steps, lines.Count(line => line.Contains("pulumi up --stack familink-staging", StringComparison.Ordinal)));
        Assert.Contains("| commander | |", lines);
    }

    [Fact]
    public void A_figure_of_the_command_line_says_so()
    {
        var (_, output, _) = Run("familink-staging", "--to", "gcp", "--figure", "photos.objects=1000");

        Assert.Contains("objects 1,000 objects (--figure photos.objects)", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no stack 'familink-prod'", "familink-prod", "--to", "gcp")]
    [InlineData("--to is 'azure'; allowed: aws, gcp", "familink-staging", "--to", "azure")]
    [InlineData("--to is 'aws', where 'familink-staging' stands already; allowed: gcp", "familink-staging", "--to", "aws")]
    [InlineData("--at-most is 0; allowed: 1 or more", "familink-staging", "--to", "gcp", "--at-most", "0")]
    [InlineData("--last names 'databse'", "familink-staging", "--to", "gcp", "--last", "databse")]
    [InlineData("Did you mean 'database'?", "familink-staging", "--to", "gcp", "--last", "databse")]
    [InlineData("--figure is 'objects'; allowed: <component>", "familink-staging", "--to", "gcp", "--figure", "objects")]
    [InlineData("--figure names 'object'; allowed: objects", "familink-staging", "--to", "gcp", "--figure", "photos.object=1")]
    [InlineData("--figure names 'fotos'", "familink-staging", "--to", "gcp", "--figure", "fotos.objects=1")]
    [InlineData("--figure photos.objects is 'many'", "familink-staging", "--to", "gcp", "--figure", "photos.objects=many")]
    [InlineData("--figure photos.objects is '-1'", "familink-staging", "--to", "gcp", "--figure", "photos.objects=-1")]
    [InlineData("--date is 'soon'", "familink-staging", "--to", "gcp", "--date", "soon")]
    [InlineData("--runbook ", "familink-staging", "--to", "gcp", "--runbook", "/")]
    [InlineData("See './run migrate plan --help'", "familink-staging")]
    public void What_cannot_be_planned_is_told_on_standard_error(string message, params string[] arguments)
    {
        var (exitCode, output, error) = Run(arguments);

        Assert.Equal((ExitCode.Unusable, ""), (exitCode, output));
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var folder = StackFolder.Around(Repository.Root);
        var exitCode = new InfraCommand(folder, Systems.All, output, error, TimeProvider.System).Run(["migrate", "plan", .. arguments]);
        return (exitCode, System.Text.Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}

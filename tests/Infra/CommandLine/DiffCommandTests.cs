using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Infra.CommandLine;
using Infra.Settings;
using Infra.Stacks;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.CommandLine;

/// <summary>The command <c>diff</c>, in a repository of its own.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DiffCommandTests : IDisposable
{
    private const string Stack = "familink-test";
    private const UnixFileMode Runnable = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite;
    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("infra-");

    public DiffCommandTests()
    {
        Directory.CreateDirectory(Path.Combine(_project.FullName, "stacks"));
        Write("Pulumi.yaml", "name: infra\n");
        Write("program", "one\n");
        StackFile("");
        Git("init", "--quiet");
        Commit();
    }

    public void Dispose() => _project.Delete(recursive: true);

    [Fact]
    public void The_files_here_are_compared_with_the_last_commit()
    {
        Assert.Equal((ExitCode.Success, "nothing"), Effect(Run("diff", Stack, "--json")));

        StackFile("infra:components: { database: { backupDays: 9 } }");
        var run = Run("diff", Stack, "--json");

        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal((ExitCode.Success, "in place"), Effect(run));
        Assert.Matches(
            @"^the stack file of revision HEAD \([0-9a-f]{10}\), by the program here, which is the same$",
            document.RootElement.GetProperty("from").GetString());
        Assert.Equal("the files here", document.RootElement.GetProperty("to").GetString());
        Assert.Equal(
            ["database"],
            document.RootElement.GetProperty("components").EnumerateArray().Select(component => component.GetProperty("name").GetString()));
    }

    [Fact]
    public void Data_that_would_be_lost_is_exit_code_1()
    {
        StackFile("infra:cloud: kubernetes", "infra:cloud: aws");
        Commit();
        StackFile("");

        var run = Run("diff", Stack);

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("data lost: the rows", run.Output, StringComparison.Ordinal);
        Assert.Contains("[change-data]", run.Output, StringComparison.Ordinal);
        Assert.Contains("database: It stands on kubernetes, and would stand on aws", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_file_can_accept_what_is_lost()
    {
        StackFile("infra:components: { database: { engine: mySql, version: \"8.4\" } }");

        Assert.Equal((ExitCode.Failed, "data lost"), Effect(Run("diff", Stack, "--json")));

        StackFile("""
            infra:components: { database: { engine: mySql, version: "8.4" } }
              infra:waivers: [{ rule: change-data, component: database, reason: nobody uses it yet, until: "2999-12-31" }]
            """);
        var run = Run("diff", Stack);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("Data is lost, as the stack file accepts.", run.Output, StringComparison.Ordinal);
        Assert.Contains("nobody uses it yet", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_cloud_is_compared_with_the_files_here()
    {
        var run = Run("diff", Stack, "--cloud", "gcp", "--json");

        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal((ExitCode.Failed, "data lost"), Effect(run));
        Assert.Equal("the files here", document.RootElement.GetProperty("from").GetString());
        Assert.Equal("the files here, on gcp", document.RootElement.GetProperty("to").GetString());
    }

    [Fact]
    public void Files_of_plans_are_compared_as_they_are()
    {
        var before = Path.Combine(_project.FullName, "before.json");
        Assert.Equal(ExitCode.Success, Run("plan", Stack, "--json", "--output", before).ExitCode);

        Assert.Equal((ExitCode.Success, "nothing"), Effect(Run("diff", Stack, "--from", before, "--json")));
        Assert.Equal((ExitCode.Success, "nothing"), Effect(Run("diff", Stack, "--from", before, "--to", before, "--json")));
        Assert.StartsWith(
            "### familink-test: Nothing changes.",
            Run("diff", Stack, "--from", before, "--markdown").Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_revision_of_another_program_is_planned_by_its_own()
    {
        var plan = Path.Combine(_project.FullName, "plan.json");
        Assert.Equal(ExitCode.Success, Run("plan", Stack, "--json", "--output", plan).ExitCode);
        var then = Regex.Replace(File.ReadAllText(plan), "\"backupRetentionPeriod\": [0-9]+", "\"backupRetentionPeriod\": 33");
        Write("then.json", then);
        Write("run", "#!/bin/sh\necho planning \"$1\" \"$2\" >&2\ncp then.json \"$5\"\n");
        File.SetUnixFileMode(Path.Combine(_project.FullName, "run"), Runnable);
        Commit();
        Write("program", "two\n");

        var run = Run("diff", Stack, "--from", "HEAD", "--json");

        using var document = JsonDocument.Parse(run.Output);
        Assert.Matches(
            @"^revision HEAD \([0-9a-f]{10}\): its stack file, by its own program$",
            document.RootElement.GetProperty("from").GetString());
        Assert.Contains("\"path\": \"backupRetentionPeriod\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("which is built first", run.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetDirectories(Path.Combine(_project.FullName, ".git")), folder => Path.GetFileName(folder) == "objects");
        Assert.Single(
            Git("worktree", "list", "--porcelain").Split('\n'),
            line => line.StartsWith("worktree ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_program_that_gives_no_plan_is_told_with_what_it_said()
    {
        Write("run", "#!/bin/sh\necho it does not build >&2\nexit 2\n");
        File.SetUnixFileMode(Path.Combine(_project.FullName, "run"), Runnable);
        Commit();
        Write("program", "two\n");

        var run = Run("diff", Stack);

        Assert.Equal((ExitCode.Unusable, ""), (run.ExitCode, run.Output));
        Assert.Contains("it does not build", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--markdown")]
    [InlineData("--json")]
    public void What_a_document_hides_is_shown(params string[] form)
    {
        var before = Path.Combine(_project.FullName, "before.json");
        Run("plan", Stack, "--json", "--output", before);
        var owner = Regex.Match(File.ReadAllText(before), "\"owner\": \"([^\"]+)\"").Groups[1].Value;
        File.WriteAllText(before, File.ReadAllText(before).Replace(owner, @"\u001b[2K\u202eelse", StringComparison.Ordinal));

        var run = Run(["diff", Stack, "--from", before, .. form]);

        Assert.DoesNotContain(run.Output, character => character != '\n' && (char.IsControl(character) || character == '\u202e'));
        Assert.Contains(@"\u001b[2K\u202eelse", run.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("--from is 'mian', which is neither a file nor a revision that git knows here", "diff", Stack, "--from", "mian")]
    [InlineData("--from is '--exec=x', which is neither", "diff", Stack, "--from=--exec=x")]
    [InlineData(
        "--from Pulumi.yaml is no plan; allowed: what './run plan familink-test --json' writes",
        "diff",
        Stack,
        "--from",
        "Pulumi.yaml")]
    [InlineData("--json and --markdown are two forms of one document", "diff", Stack, "--json", "--markdown")]
    [InlineData("--cloud plans the files here; allowed: --cloud or --to", "diff", Stack, "--cloud", "aws", "--to", "HEAD")]
    [InlineData("--cloud is 'asw'; allowed: aws", "diff", Stack, "--cloud", "asw")]
    [InlineData("There was no stacks/Pulumi.familink-new.yaml in revision HEAD", "diff", "familink-new")]
    [InlineData("Required argument missing for command: 'diff'.", "diff")]
    public void What_cannot_be_compared_is_one_message_and_exit_code_2(string message, params string[] arguments)
    {
        var run = Run(
        [
            .. arguments.Select(argument =>
                argument == "Pulumi.yaml" ? Path.Combine(_project.FullName, argument) : argument),
        ]);

        Assert.Equal((ExitCode.Unusable, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error.Replace(_project.FullName + "/", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Plans_of_two_stacks_are_not_compared()
    {
        File.Copy(
            Path.Combine(_project.FullName, "stacks", $"Pulumi.{Stack}.yaml"),
            Path.Combine(_project.FullName, "stacks", "Pulumi.familink-other.yaml"));
        var other = Path.Combine(_project.FullName, "other.json");
        Run("plan", "familink-other", "--json", "--output", other);

        var run = Run("diff", Stack, "--from", other);

        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains("--from is a plan of the stack 'familink-other'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_with_errors_is_told_and_deploys_nothing()
    {
        StackFile("infra:components: { database: { backupDays: 99 } }");

        var run = Run("diff", Stack, "--json");

        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Output));
        Assert.Contains("BackupDays is 99", run.Error, StringComparison.Ordinal);
    }

    private static (int ExitCode, string? Effect) Effect((int ExitCode, string Output, string Error) run)
    {
        using var document = JsonDocument.Parse(run.Output);
        return (run.ExitCode, document.RootElement.GetProperty("effect").GetString());
    }

    private void StackFile(string line, string? instead = null)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "stacks", "Pulumi.familink-staging.yaml"));
        Write(
            $"stacks/Pulumi.{Stack}.yaml",
            instead is null ? RepositoryStacks.With(text, line) : text.Replace(instead, line, StringComparison.Ordinal));
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_project.FullName, file), text);

    private void Commit()
    {
        Git("add", "--all");
        Git("-c", "user.name=test", "-c", "user.email=test@example.org", "commit", "--quiet", "--allow-empty", "--message", "Change");
    }

    private string Git(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", ["-C", _project.FullName, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
        return output;
    }

    private (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var folder = new StackFolder(Path.Combine(_project.FullName, "stacks"));
        var exitCode = new InfraCommand(folder, Systems.All, output, error, TimeProvider.System).Run(arguments);
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}

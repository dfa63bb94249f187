using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using Infra.CommandLine;
using Infra.Settings;
using Infra.Stacks;
using Xunit;
using Configurations = Infra.Tests.Settings.Configurations;

namespace Infra.Tests.CommandLine;

public sealed class InfraCommandTests : IDisposable
{
    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("infra-");

    public InfraCommandTests()
    {
        Directory.CreateDirectory(Path.Combine(_project.FullName, "stacks"));
        File.WriteAllText(Path.Combine(_project.FullName, "Pulumi.yaml"), "name: infra\n");
        Stack("shop-production", Configurations.Complete);
        Stack("shop-staging", Configurations.With("environment", "staging"));
    }

    public void Dispose() => _project.Delete(recursive: true);

    [Fact]
    public void Without_a_stack_the_stacks_are_listed()
    {
        var run = Run("plan");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Equal(
            """
            stack            system  environment  cloud  location
            shop-production  shop    production   aws    paris
            shop-staging     shop    staging      aws    paris

            """,
            run.Output);
        Assert.Empty(run.Error);
    }

    [Fact]
    public void The_list_is_one_document_in_JSON()
    {
        var run = Run("plan", "--json");

        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal(
            ["shop-production", "shop-staging"],
            document.RootElement.GetProperty("stacks").EnumerateArray().Select(stack => stack.GetProperty("stack").GetString()));
    }

    [Fact]
    public void The_list_shows_stacks_whose_file_cannot_be_read()
    {
        Stack("shop-broken", "config: [\n");

        var run = Run("plan");

        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains("\nshop-production ", run.Output, StringComparison.Ordinal);
        Assert.Contains("shop-broken\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("stacks/Pulumi.shop-broken.yaml, line ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_without_stacks_says_what_makes_one()
    {
        Directory.Delete(Path.Combine(_project.FullName, "stacks"), recursive: true);

        Assert.Contains("There is no stack yet", Run("plan").Output, StringComparison.Ordinal);
        Assert.Contains("stacks that exist: none yet", Run("plan", "shop").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "There is no stack 'shop-prodution'; stacks that exist: shop-production, shop-staging. Did you mean 'shop-production'?",
        "plan",
        "shop-prodution")]
    [InlineData("There is no stack '../secrets'; stacks that exist:", "plan", "../secrets")]
    [InlineData("--cloud is 'azure'; allowed: aws, gcp, scaleway, ovh, kubernetes.", "plan", "shop-production", "--cloud", "azure")]
    [InlineData(
        "--cloud is 'asw'; allowed: aws, gcp, scaleway, ovh, kubernetes. Did you mean 'aws'?",
        "plan",
        "shop-production",
        "--cloud=asw")]
    [InlineData("--cloud needs a stack; stacks that exist: shop-production, shop-staging.", "plan", "--cloud", "aws")]
    [InlineData("--date is '31.01.2027'; allowed: a day, such as 2027-01-31.", "plan", "shop-production", "--date", "31.01.2027")]
    [InlineData("--date is '2027-02-30'; allowed: a day, such as 2027-01-31.", "plan", "shop-production", "--date", "2027-02-30")]
    [InlineData("--date is 'today'; allowed: a day, such as 2027-01-31.", "plan", "shop-production", "--date=today")]
    [InlineData("--date needs a stack; stacks that exist: shop-production, shop-staging.", "plan", "--date", "2027-01-31")]
    [InlineData("'paln' is not understood here; allowed: plan", "paln")]
    [InlineData("Did you mean '--json'?", "plan", "shop-production", "--jsno")]
    [InlineData("'--jsno' is not an option of it. Did you mean '--json'?", "plan", "--jsno")]
    [InlineData("'shop-staging' is not understood here", "plan", "shop-production", "shop-staging")]
    [InlineData("Required argument missing for option: '--output'.", "plan", "--output")]
    public void A_wrong_command_line_is_one_message_and_exit_code_2(string message, params string[] arguments)
    {
        var run = Run(arguments);

        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Single(
            run.Error.Split('\n'),
            line => line.StartsWith("error: ", StringComparison.Ordinal) && line.Contains(message, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config:\n  infra:cloud: aws\n  infra:cloud: gcp\n")]
    [InlineData("")]
    [InlineData("- a\n")]
    [InlineData("config:\n  infra:cloud: { secure: v1:c2VjcmV0 }\n")]
    public void Wrong_settings_are_told_on_standard_error_with_exit_code_2(string file)
    {
        Stack("shop-broken", file);

        var run = Run("plan", "shop-broken", "--json");

        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_document_goes_to_a_file_where_one_is_named(bool json)
    {
        var file = Path.Combine(_project.FullName, "list");
        File.WriteAllText(file, "what was there before");
        string[] form = json ? ["--json"] : [];

        var run = Run(["plan", "--output", file, .. form]);

        Assert.Equal((ExitCode.Success, "", ""), (run.ExitCode, run.Output, run.Error));
        Assert.Equal(Run(["plan", .. form]).Output, File.ReadAllText(file));
        Assert.Equal(["Pulumi.yaml", "list"], _project.GetFiles().Select(left => left.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("missing/list", "does not exist")]
    [InlineData("stacks", "it is a folder")]
    public void A_file_that_cannot_be_written_is_refused(string file, string message)
    {
        var run = Run("plan", "--output", Path.Combine(_project.FullName, file));

        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains($"--output {Path.Combine(_project.FullName, file)} cannot be written: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_that_fails_half_way_leaves_the_file_as_it_was()
    {
        var file = Path.Combine(_project.FullName, "list");
        File.WriteAllText(file, "what was there before");

        Assert.Throws<InvalidOperationException>(() => DocumentFile.Write(file, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));

        Assert.Equal("what was there before", File.ReadAllText(file));
        Assert.Equal(2, _project.GetFiles().Length);
    }

    [Fact]
    public void A_hyphen_stands_for_standard_output()
    {
        var run = Run("plan", "--output", "-");

        Assert.Equal(Run("plan").Output, run.Output);
        Assert.False(File.Exists("-"));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void A_link_stays_and_what_it_leads_to_is_written()
    {
        var target = Path.Combine(_project.FullName, "target");
        var link = Path.Combine(_project.FullName, "link");
        File.WriteAllText(target, "before");
        File.CreateSymbolicLink(Path.Combine(_project.FullName, "between"), target);
        File.CreateSymbolicLink(link, "between");

        Assert.Equal(ExitCode.Success, Run("plan", "--output", link).ExitCode);

        Assert.Equal("between", new FileInfo(link).LinkTarget);
        Assert.Equal(Run("plan").Output, File.ReadAllText(target));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Links_that_lead_in_a_circle_are_refused()
    {
        var link = Path.Combine(_project.FullName, "link");
        File.CreateSymbolicLink(link, "other");
        File.CreateSymbolicLink(Path.Combine(_project.FullName, "other"), "link");

        var run = Run("plan", "--output", link);

        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains("cannot be written: its links lead in a circle.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void A_file_keeps_its_mode()
    {
        var file = Path.Combine(_project.FullName, "list");
        File.WriteAllText(file, "before");
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(file, Mode);

        Run("plan", "--output", file);

        Assert.Equal(Mode, File.GetUnixFileMode(file));
        Assert.NotEqual("before", File.ReadAllText(file));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void A_device_is_written_to_and_stays()
    {
        Assert.Equal((ExitCode.Success, "", ""), Run("plan", "--output", "/dev/null"));
        Assert.Equal(0, new FileInfo("/dev/null").Length);
        File.WriteAllText("/dev/null", "still takes everything");
        Assert.Equal("", File.ReadAllText("/dev/null"));

        var full = Run("plan", "--output", "/dev/full");
        Assert.Equal(ExitCode.Unusable, full.ExitCode);
        Assert.Contains("--output /dev/full cannot be written: ", full.Error, StringComparison.Ordinal);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task A_pipe_is_written_to_and_stays()
    {
        var pipe = Path.Combine(_project.FullName, "pipe");
        Assert.Equal(0, ProgramProcess.Run(["mkfifo", pipe]).ExitCode);
        var reading = Task.Run(() => ProgramProcess.Run(["cat", pipe]).Output);

        var run = Run("plan", "--output", pipe);

        Assert.Equal((ExitCode.Success, "", ""), run);
        Assert.Equal(Run("plan").Output, await reading);
        Assert.Equal("fifo\n", ProgramProcess.Run(["stat", "--format=%F", pipe]).Output);
    }

    [Theory]
    [InlineData("Pulumi.shop-staging.yaml")]
    [InlineData("{0}/stacks/Pulumi.shop-staging.yaml")]
    [InlineData("{0}/./stacks/../stacks/Pulumi.shop-staging.yaml")]
    public void A_stack_is_meant_by_its_file_too(string argument) => Assert.Equal(
        "shop-staging",
        StackFolder.Around(_project.FullName)!.NameOf(argument.Replace("{0}", _project.FullName, StringComparison.Ordinal)));

    [Theory]
    [InlineData("elsewhere/Pulumi.shop-staging.yaml")]
    [InlineData("Pulumi.yaml")]
    [InlineData("shop-staging.yaml")]
    [InlineData("a\0b")]
    public void Another_file_is_no_stack(string argument) =>
        Assert.Equal(argument, StackFolder.Around(_project.FullName)!.NameOf(argument));

    [Fact]
    public void What_a_terminal_would_act_on_is_shown_and_not_sent()
    {
        const string Forged = "shop\u001b[2K\rerror: none\u202e\u0007";
        Stack("shop-forged", Configurations.With("owner", "\"shop\\e[2K\\rerror: none\\a\""));
        Stack("shop-\u001b[31m", Configurations.With("cloud", "\"aws\\e[2J\""));

        var runs = new[]
        {
            Run("plan"),
            Run("plan", "shop-\u001b[31m"),
            Run("plan", Forged),
            Run("plan", "shop-production", "--cloud", Forged),
            Run("plan", "shop-production", "--date", Forged),
            Run("plan", "shop-production", "--output", $"/missing/{Forged}"),
            Run("plan", "shop-production", $"--{Forged}"),
            Run(Forged),
        };

        Assert.All(runs, run => Assert.DoesNotContain(run.Output + run.Error, character =>
            character != '\n' && (char.IsControl(character) || character == '\u202e')));
        Assert.Contains(@"shop-\u001b[31m", runs[0].Output, StringComparison.Ordinal);
        Assert.Contains(@"aws\u001b[2J", runs[1].Error, StringComparison.Ordinal);
        Assert.Contains(@"shop\u001b[2K\u000derror: none\u202e\u0007", runs[2].Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_names_every_option_and_exit_code()
    {
        var run = Run("plan", "--help");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.All(
            ["<stack>", "--cloud <cloud>", "--json", "--output <file>"],
            part => Assert.Contains(part, run.Output, StringComparison.Ordinal));

        Assert.Contains("Exit codes: 0, 1 when", Run("--help").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parity_is_one_document(bool json)
    {
        var file = Path.Combine(_project.FullName, "parity");
        string[] form = json ? ["--json"] : [];

        var run = Run(["parity", .. form]);

        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.StartsWith(json ? "{" : "component           aws ", run.Output, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Success, "", ""), Run(["parity", "--output", file, .. form]));
        Assert.Equal(run.Output, File.ReadAllText(file));
    }

    [Fact]
    public void Parity_takes_no_stack()
    {
        var run = Run("parity", "shop-production");

        Assert.Equal((ExitCode.Unusable, ""), (run.ExitCode, run.Output));
        Assert.Contains("'shop-production' is not understood here; allowed: --json, --output.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_arguments_usage_is_shown_on_standard_error()
    {
        var run = Run();

        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("plan", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Outside_a_project_that_is_said()
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();

        Assert.Equal(ExitCode.Unusable, new InfraCommand(null, Systems.All, output, error, TimeProvider.System).Run(["plan"]));

        Assert.Contains("no Pulumi.yaml", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_project_is_found_from_any_folder_in_it()
    {
        var deep = Directory.CreateDirectory(Path.Combine(_project.FullName, "artifacts", "deep"));

        Assert.Equal(["shop-production", "shop-staging"], StackFolder.Around(deep.FullName)!.Stacks);
    }

    private void Stack(string name, string text) =>
        File.WriteAllText(Path.Combine(_project.FullName, "stacks", $"Pulumi.{name}.yaml"), text);

    private (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode =
            new InfraCommand(StackFolder.Around(_project.FullName), Systems.All, output, error, TimeProvider.System).Run(arguments);
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}

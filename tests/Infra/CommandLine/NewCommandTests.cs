using System.Text;
using Infra.CommandLine;
using Infra.Components.Systems;
using Infra.Settings;
using Infra.Tests.Stacks;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.CommandLine;

/// <summary><c>./run new</c>, in an empty project.</summary>
public sealed class NewCommandTests : IDisposable
{
    private static readonly string[] Written =
        ["PhotoShop.cs", "Pulumi.photo-shop-production.yaml", "Pulumi.photo-shop-staging.yaml"];

    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("infra-");

    public NewCommandTests() => File.WriteAllText(Path.Combine(_project.FullName, "Pulumi.yaml"), "name: infra\n");

    public static TheoryData<string, Cloud> Plans
    {
        get
        {
            var plans = new TheoryData<string, Cloud>();
            foreach (var cloud in Fixtures.Clouds)
            {
                plans.Add("production", cloud);
                plans.Add("staging", cloud);
            }

            return plans;
        }
    }

    public void Dispose() => _project.Delete(recursive: true);

    [Fact]
    public void It_writes_a_class_and_two_stack_files_and_says_what_comes_next()
    {
        var run = Run([], "new", "photo-shop");

        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Equal(Written, Files());
        Assert.StartsWith(
            "Written: stacks/PhotoShop.cs, stacks/Pulumi.photo-shop-staging.yaml, stacks/Pulumi.photo-shop-production.yaml.\n",
            run.Output,
            StringComparison.Ordinal);
        Assert.Contains("./run plan photo-shop-staging", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void What_it_writes_compiles_and_plans_on_every_cloud_without_an_error(string environment, Cloud cloud)
    {
        Run([], "new", "photo-shop");
        var system = SystemSource.Compiled(Text("PhotoShop.cs"));

        var run = Run([system], "plan", $"photo-shop-{environment}", "--cloud", cloud.Name());

        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("database", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Production_and_staging_differ_by_their_names()
    {
        Run([], "new", "photo-shop");

        Assert.Contains("infra:domain: photo-shop.example", Text("Pulumi.photo-shop-production.yaml"), StringComparison.Ordinal);
        Assert.Contains("infra:domain: staging.photo-shop.example", Text("Pulumi.photo-shop-staging.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PhotoShop.cs")]
    [InlineData("Pulumi.photo-shop-staging.yaml")]
    public void It_overwrites_nothing_and_then_writes_nothing(string file)
    {
        Directory.CreateDirectory(Path.Combine(_project.FullName, "stacks"));
        File.WriteAllText(Path.Combine(_project.FullName, "stacks", file), "mine");

        var run = Run([], "new", "photo-shop");

        Refused(run, $"There is stacks/{file} already");
        Assert.Equal([file], Files());
        Assert.Equal("mine", Text(file));
    }

    [Fact]
    public void A_system_of_the_name_under_another_class_is_refused()
    {
        var run = Run([TestSystems.Declare(_ => { }, "photo-shop")], "new", "photo-shop");

        Refused(run, "There is a system 'photo-shop' already; allowed: another name than photo-shop.");
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData("Photo-Shop")]
    [InlineData("photo_shop")]
    [InlineData("photo--shop")]
    [InlineData("-shop")]
    [InlineData("2shop")]
    [InlineData("my")]
    [InlineData("../shop")]
    [InlineData("a-name-that-has-thirty-letters")]
    [InlineData("shop\n")]
    public void A_name_that_no_stack_could_have_is_refused(string name)
    {
        Refused(Run([], "new", name), "is not allowed; allowed: 3 to 29 lower-case letters");
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData("bucket")]
    [InlineData("load-balancer")]
    [InlineData("size")]
    [InlineData("systems")]
    [InlineData("infra")]
    [InlineData("system")]
    [InlineData("stack-folder")]
    public void A_name_whose_class_would_hide_another_is_refused(string name)
    {
        Refused(Run([], "new", name), "would hide what is called so already");
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData("Required argument missing for command: 'new'.", "new")]
    [InlineData("'another' is not understood here", "new", "photo-shop", "another")]
    public void A_wrong_command_line_writes_nothing(string message, params string[] arguments)
    {
        Refused(Run([], arguments), message);
        Assert.Empty(Files());
    }

    [Fact]
    public void Outside_a_project_that_is_said()
    {
        File.Delete(Path.Combine(_project.FullName, "Pulumi.yaml"));

        Refused(Run([], "new", "photo-shop"), "no Pulumi.yaml");
    }

    [Fact]
    public void Where_it_cannot_write_that_is_said_and_nothing_stays()
    {
        // A folder of that name can neither be opened nor be taken for a file that exists.
        Directory.CreateDirectory(Path.Combine(_project.FullName, "stacks", "Pulumi.photo-shop-production.yaml"));

        Refused(Run([], "new", "photo-shop"), "Nothing was written: ");
        Assert.Empty(Files());
    }

    private static void Refused((int ExitCode, string Output, string Error) run, string message)
    {
        Assert.Equal((ExitCode.Unusable, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private IEnumerable<string> Files() => Directory.Exists(Path.Combine(_project.FullName, "stacks"))
        ? Directory.GetFiles(Path.Combine(_project.FullName, "stacks")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)
        : [];

    private string Text(string file) => File.ReadAllText(Path.Combine(_project.FullName, "stacks", file));

    private (int ExitCode, string Output, string Error) Run(IReadOnlyList<SystemDeclaration> systems, params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode =
            new InfraCommand(StackFolder.Around(_project.FullName), systems, output, error, TimeProvider.System).Run(arguments);
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}

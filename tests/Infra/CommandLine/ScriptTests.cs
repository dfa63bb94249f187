using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.Versioning;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.CommandLine;

/// <summary>./run and ./test in a small copy of the repository, with a <c>dotnet</c> that writes down how it was called.</summary>
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
[SuppressMessage("Interoperability", "CA1416", Justification = "The scripts are for POSIX shells.")]
public sealed class ScriptTests : IDisposable
{
    // Restores the official packages only where OFFICIAL says so; "builds" by creating the program; "tests" by writing a result.
    private const string Dotnet =
        """
        #!/bin/sh
        [ "$1" = --list-sdks ] && { echo "${SDK:-10.0.100} [/usr/share/dotnet/sdk]"; exit 0; }
        echo "$*" >>"$CALLS"
        case $1 in
            restore) case $* in *PulumiSdk=official*) [ "${OFFICIAL:-}" = yes ] || { echo "error ${PROBLEM:-NU1101}"; exit 1; } ;; esac ;;
            publish)
                sleep "${SLOW:-0}"
                if [ "${BROKEN:-}" = yes ]; then echo "Program.cs(1,1): error CS1002: ; expected"; exit 1; fi
                case $* in *PulumiSdk=official*) sdk=official ;; *) sdk=bundled ;; esac
                mkdir -p "$ROOT/artifacts/$sdk/publish/Infra/release" && touch "$ROOT/artifacts/$sdk/publish/Infra/release/Infra.dll"
                ;;
            build) exit "${BUILD:-0}" ;;
            test)
                while [ "$1" != --results-directory ]; do shift; done
                mkdir -p "$2"
                [ -z "${RESULT:-}" ] || printf '%s\n' "$RESULT" >"$2/1.trx"
                [ -z "${RESULT2:-}" ] || printf '%s\n' "$RESULT2" >"$2/2.trx"
                exit "${STATUS:-0}"
                ;;
            *Infra.dll) echo "the program ran: $*"; exit 7 ;;
        esac
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("infra-");
    private readonly Dictionary<string, string> _environment;

    public ScriptTests()
    {
        foreach (var script in new[] { "run", "test", ".ci/toolchain", ".ci/run" }) Copy(script);
        foreach (var file in new[]
        {
            "Directory.Packages.props",
            "infra/Program.cs",
            "components/Bucket.cs",
            "stacks/Shop.cs",
            "stacks/Pulumi.shop.yaml",
            "sdk/Output.cs",
        })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(At(file))!);
            File.WriteAllText(At(file), "");
            File.SetLastWriteTimeUtc(At(file), DateTime.UtcNow.AddMinutes(-5));
        }

        Directory.CreateDirectory(At("bin"));
        File.WriteAllText(At("bin/dotnet"), Dotnet);
        MakeExecutable("bin/dotnet");
        _environment = new()
        {
            ["PATH"] = $"{At("bin")}:/usr/bin:/bin",
            ["HOME"] = At("home"),
            ["DOTNET_ROOT"] = "",
            ["ROOT"] = _root.FullName,
            ["CALLS"] = At("calls"),
        };
    }

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Where_the_official_packages_do_not_restore_the_bundled_SDK_is_used_and_remembered()
    {
        var first = Script("run", "plan", "shop with spaces");

        Assert.Equal(
            (7, $"the program ran: {At("artifacts/bundled/publish/Infra/release/Infra.dll")} plan shop with spaces\n"),
            (first.ExitCode, first.Output));
        Assert.Contains("Pulumi SDK: bundled", first.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("NU1101", first.Error, StringComparison.Ordinal);
        Assert.Equal("bundled\n", File.ReadAllText(At("artifacts/pulumi-sdk")));

        File.Delete(At("calls"));
        Assert.Contains("Pulumi SDK: bundled", Script("run", "plan").Error, StringComparison.Ordinal);
        Assert.DoesNotContain("restore", File.ReadAllText(At("calls")), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_official_packages_restore_they_are_used()
    {
        _environment["OFFICIAL"] = "yes";

        var run = Script("run", "plan");

        Assert.Contains("Pulumi SDK: official", run.Error, StringComparison.Ordinal);
        Assert.Contains("artifacts/official/publish", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void New_versions_of_the_packages_make_it_look_again()
    {
        Script("run", "plan");
        _environment["OFFICIAL"] = "yes";
        File.SetLastWriteTimeUtc(At("Directory.Packages.props"), DateTime.UtcNow.AddMinutes(1));

        Assert.Contains("Pulumi SDK: official", Script("run", "plan").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--sdk", "bundled", "plan")]
    [InlineData("plan", "--sdk=bundled")]
    public void An_explicit_choice_is_followed_and_not_remembered(params string[] arguments)
    {
        _environment["OFFICIAL"] = "yes";

        var run = Script("run", arguments);

        Assert.Contains("Pulumi SDK: bundled (as asked)", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("artifacts/bundled/publish/Infra/release/Infra.dll plan\n", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(At("artifacts/pulumi-sdk")));
    }

    [Fact]
    public void An_explicit_choice_of_the_official_packages_is_not_replaced_where_they_do_not_restore()
    {
        _environment["BROKEN"] = "yes";

        var run = Script("run", "--sdk", "official", "plan");

        Assert.Equal(2, run.ExitCode);
        Assert.DoesNotContain("bundled", File.ReadAllText(At("calls")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--sdk is 'x'; allowed: official, bundled.", "--sdk", "x")]
    [InlineData("--sdk needs a value; allowed: official, bundled.", "--sdk")]
    public void A_wrong_choice_is_refused(string message, params string[] arguments)
    {
        var run = Script("run", arguments);

        Assert.Equal((2, $"error: {message}\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public void The_program_is_built_again_only_when_something_has_changed()
    {
        Assert.True(Builds());
        Assert.False(Builds());

        Touch("stacks/Pulumi.shop.yaml");
        Assert.False(Builds());

        Touch("components/Bucket.cs");
        Assert.True(Builds());
        Assert.False(Builds());

        File.Delete(At("components/Bucket.cs"));
        Touch("components");
        Assert.True(Builds());

        File.Delete(At("artifacts/bundled/publish/Infra/release/Infra.dll"));
        Assert.True(Builds());
    }

    [Fact]
    public async Task Two_first_runs_at_once_build_once()
    {
        _environment["SLOW"] = "1";

        var runs = await Task.WhenAll(Task.Run(() => Script("run", "plan")), Task.Run(() => Script("run", "parity")));

        Assert.All(runs, run => Assert.Equal(7, run.ExitCode));
        Assert.Single(File.ReadAllLines(At("calls")), call => call.StartsWith("publish ", StringComparison.Ordinal));
        Assert.Single(File.ReadAllLines(At("calls")), call => call.Contains("-p:PulumiSdk=official", StringComparison.Ordinal));
        Assert.False(Directory.Exists(At("artifacts/lock")));
    }

    [Fact]
    public void A_lock_that_a_killed_build_left_behind_holds_nobody_up()
    {
        Directory.CreateDirectory(At("artifacts/lock"));
        File.WriteAllText(At("artifacts/lock/owner"), "99999999\n");

        Assert.Equal(7, Script("run", "plan").ExitCode);
        Assert.False(Directory.Exists(At("artifacts/lock")));
    }

    [Fact]
    public void A_build_that_fails_leaves_no_lock()
    {
        _environment["BROKEN"] = "yes";

        Script("run", "plan");

        Assert.False(Directory.Exists(At("artifacts/lock")));
    }

    [Theory]
    [InlineData("NU1301", 0, false)]
    [InlineData("NU1301", 61, true)]
    [InlineData("NU1101", 61, false)]
    public void A_source_of_packages_that_did_not_answer_is_asked_again_after_an_hour(string problem, int minutes, bool again)
    {
        _environment["PROBLEM"] = problem;
        Assert.Contains("Pulumi SDK: bundled", Script("run", "plan").Error, StringComparison.Ordinal);
        _environment["OFFICIAL"] = "yes";
        var age = DateTime.UtcNow.AddMinutes(-minutes);
        File.SetLastWriteTimeUtc(At("artifacts/pulumi-sdk"), age);
        File.SetLastWriteTimeUtc(At("Directory.Packages.props"), age.AddMinutes(-1));

        Assert.Contains($"Pulumi SDK: {(again ? "official" : "bundled")}", Script("run", "plan").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Matters_of_style_stop_the_tests_and_no_plan()
    {
        Script("run", "plan");
        Assert.DoesNotContain("TreatWarningsAsErrors", Call("publish "), StringComparison.Ordinal);

        Script("test");
        Assert.Contains("-p:TreatWarningsAsErrors=true", Call("build "), StringComparison.Ordinal);

        string Call(string command) => File.ReadAllLines(At("calls")).Single(call => call.StartsWith(command, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "false")]
    [InlineData("-p:TreatWarningsAsErrors=true", "true")]
    public void A_build_as_Pulumi_runs_it_leaves_warnings_warnings(string property, string expected)
    {
        // In 'main' of Pulumi.yaml, with nothing but the project.
        Assert.Contains("main: infra\n", File.ReadAllText(Path.Combine(Repository.Root, "Pulumi.yaml")), StringComparison.Ordinal);
        var start = new ProcessStartInfo("dotnet", ["msbuild", "-nologo", "-getProperty:TreatWarningsAsErrors"])
        {
            WorkingDirectory = Path.Combine(Repository.Root, "infra"),
            RedirectStandardOutput = true,
        };
        if (property.Length > 0) start.ArgumentList.Add(property);
        using var process = Process.Start(start)!;

        Assert.Equal(expected, process.StandardOutput.ReadToEnd().Trim());
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_of_the_tests_touches_nothing(string argument)
    {
        Directory.CreateDirectory(At("artifacts/bundled/results"));
        File.WriteAllText(At("artifacts/bundled/results/1.trx"), Counters(5, 0));

        var run = Script("test", argument);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("./test [--sdk official|bundled]", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(At("artifacts/bundled/results/1.trx")));
        Assert.False(File.Exists(At("calls")));
    }

    [Fact]
    public void A_build_error_is_shown_and_nothing_runs()
    {
        _environment["BROKEN"] = "yes";

        var run = Script("run", "plan", "--json");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("error CS1002: ; expected", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);

        _environment.Remove("BROKEN");
        Assert.Equal(7, Script("run", "plan").ExitCode);
    }

    [Theory]
    [InlineData("9.0.100")]
    [InlineData("8.0.404")]
    public void A_machine_without_the_SDK_is_told_how_to_get_it(string version)
    {
        _environment["SDK"] = version;

        var run = Script("run", "plan");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("the .NET 10 SDK is missing", run.Error, StringComparison.Ordinal);
        Assert.Contains("https://dotnet.microsoft.com/download/dotnet/10.0", run.Error, StringComparison.Ordinal);
        Assert.Contains("dotnet-sdk-10.0", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_SDK_is_found_in_the_home_folder()
    {
        Directory.CreateDirectory(At("home/.dotnet"));
        File.Move(At("bin/dotnet"), At("home/.dotnet/dotnet"));
        File.WriteAllText(At("bin/dotnet"), "#!/bin/sh\nexit 1\n");
        MakeExecutable("bin/dotnet");

        Assert.Equal(7, Script("run", "plan").ExitCode);
    }

    [Theory]
    [InlineData(0, 5, 0, "5 passed, 0 failed", 0)]
    [InlineData(1, 5, 2, "5 passed, 2 failed", 1)]
    [InlineData(0, 5, 2, "5 passed, 2 failed", 1)]
    [InlineData(0, 0, 0, "0 passed, 0 failed", 1)]
    public void Tests_end_with_their_sum(int status, int passed, int failed, string line, int exitCode)
    {
        _environment["STATUS"] = $"{status}";
        _environment["RESULT"] = Counters(passed, failed);

        var run = Script(".ci/run");

        Assert.Equal((exitCode, line), (run.ExitCode, run.Output.TrimEnd('\n').Split('\n')[^1]));
    }

    [Fact]
    public void Results_of_all_test_projects_are_added_up()
    {
        _environment["RESULT"] = Counters(5, 0);
        _environment["RESULT2"] = Counters(7, 0);

        Assert.EndsWith("12 passed, 0 failed\n", Script("test").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_that_do_not_build_are_no_success()
    {
        _environment["BUILD"] = "1";
        _environment["RESULT"] = Counters(5, 0);

        var run = Script("test");

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("0 passed, 0 failed\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "5", 0, 1)]
    [InlineData(2, "5", 0, 3)]
    [InlineData(9, "3", 1, 3)]
    public void Taking_a_stack_down_is_tried_until_its_cloud_lets_go_of_it(int refusals, string tries, int exitCode, int calls)
    {
        Copy(".ci/tear-down");
        File.WriteAllText(At("bin/pulumi"), "#!/bin/sh\necho \"$*\" >>\"$CALLS\"\n[ \"$(wc -l <\"$CALLS\")\" -gt \"$REFUSALS\" ]\n");
        MakeExecutable("bin/pulumi");
        _environment["REFUSALS"] = refusals.ToString(CultureInfo.InvariantCulture);
        (_environment["TRIES"], _environment["PAUSE"]) = (tries, "0");

        var run = Script(".ci/tear-down", "shop-pr-42", "--parallel", "4");

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(
            Enumerable.Repeat("destroy --stack shop-pr-42 --yes --refresh --continue-on-error --parallel 4", calls),
            File.ReadAllLines(At("calls")));
        Assert.Equal(exitCode != 0, run.Error.Contains("'shop-pr-42' is not down after 3 attempts", StringComparison.Ordinal));
    }

    private static string Counters(int passed, int failed) =>
        $"""<ResultSummary outcome="x"><Counters total="{passed + failed}" executed="{passed + failed}" passed="{passed}" failed="{failed}" error="0" timeout="0" /></ResultSummary>""";

    private bool Builds()
    {
        File.Delete(At("calls"));
        Assert.Equal(7, Script("run", "plan").ExitCode);
        return File.ReadAllText(At("calls")).Contains("publish ", StringComparison.Ordinal);
    }

    private void Touch(string path)
    {
        if (Directory.Exists(At(path))) Directory.SetLastWriteTimeUtc(At(path), DateTime.UtcNow.AddMilliseconds(20));
        else File.SetLastWriteTimeUtc(At(path), DateTime.UtcNow.AddMilliseconds(20));
        Thread.Sleep(40);
    }

    private (int ExitCode, string Output, string Error) Script(string name, params string[] arguments) =>
        ProgramProcess.Run([At(name), .. arguments], _environment, _root.FullName);

    private void Copy(string script)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(script))!);
        File.Copy(Path.Combine(Repository.Root, script), At(script));
    }

    private void MakeExecutable(string path) => File.SetUnixFileMode(At(path), (UnixFileMode)0x1ed);

    private string At(string path) => Path.Combine(_root.FullName, path);
}

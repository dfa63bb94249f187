using System.Text;
using System.Text.Json;
using Infra.CommandLine;
using Infra.Components.Caches;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.CommandLine;

/// <summary>The commands <c>migrate status</c>, <c>next</c> and <c>undo</c>, with a stack file of their own.</summary>
public sealed class MigrateStepTests : IDisposable
{
    private const string Stack = "shop-staging";

    private const string Settings =
        """
        # A shop.
        config:
          infra:system: shop
          infra:environment: staging
          infra:cloud: aws
          infra:location: paris
          infra:owner: platform@shop.example # who is asked
          infra:accounts:
            aws: { accountId: "111122223333" }
            scaleway: { projectId: 11111111-2222-3333-4444-555555555555 }
          infra:images:
            web: registry.example.org/web@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
        """;

    private static readonly SystemDeclaration Shop = TestSystems.Declare(
        model =>
        {
            var sessions = model.Add(new Cache("sessions", new() { Size = Size.Small }));
            model.Add(new ContainerService("web", new() { Port = 8080 })).Writes(sessions);
        },
        "shop");

    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("infra-");

    public MigrateStepTests() => Write(Settings);

    private string File => Path.Combine(_project.FullName, $"Pulumi.{Stack}.yaml");

    public void Dispose() => _project.Delete(recursive: true);

    [Fact]
    public void A_step_is_written_and_what_deploying_it_does_is_shown()
    {
        var run = Run("next", Stack, "sessions", "migrated", "--to", "scaleway", "--json");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Equal(
            Settings + "\n  infra:migration:\n    to: scaleway\n    components:\n      sessions: [migrated 2026-11-27]",
            Text());
        Assert.Contains("sessions is 'migrated 2026-11-27' now. Nothing is deployed", run.Error, StringComparison.Ordinal);
        var components = JsonElement.Parse(run.Output).GetProperty("components").EnumerateArray().ToList();
        Assert.Contains(components, component => component.GetProperty("name").GetString() == "sessions"
            && component.GetProperty("cloud").GetString() == "scaleway"
            && component.GetProperty("effect").GetString() == "created");
    }

    [Fact]
    public void A_step_that_is_taken_back_leaves_no_trace()
    {
        Run("next", Stack, "sessions", "web", "--to", "scaleway");
        Assert.NotEqual(Settings, Text());

        var run = Run("undo", Stack, "web", "sessions");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("web has not set out any more, sessions has not set out any more", run.Error, StringComparison.Ordinal);
        Assert.Equal(Settings, Text());
    }

    [Fact]
    public void The_mark_of_the_byte_order_stays_in_front()
    {
        Write("\ufeff" + Settings.ReplaceLineEndings("\r\n"));

        Run("next", Stack, "sessions", "--to", "scaleway", "--at", "2026-11-26");

        Assert.Equal(
            [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Settings.ReplaceLineEndings("\r\n"))],
            System.IO.File.ReadAllBytes(File)[..(3 + Encoding.UTF8.GetByteCount(Settings.ReplaceLineEndings("\r\n")))]);
        Assert.EndsWith("\r\n      sessions: [migrated 2026-11-26]", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Leaving_a_store_that_was_written_to_demands_a_reason()
    {
        Write(Recorded("sessions: [migrated 2026-11-20, activated 2026-11-21T06:00Z]"));

        var refused = Run("undo", Stack, "sessions");

        Assert.Equal(ExitCode.Unusable, refused.ExitCode);
        Assert.Contains(
            "sessions: what web wrote to it on scaleway since 2026-11-21T06:00Z is not carried back",
            refused.Error,
            StringComparison.Ordinal);
        Assert.Equal(Recorded("sessions: [migrated 2026-11-20, activated 2026-11-21T06:00Z]"), Text());

        Run("undo", Stack, "sessions", "--accept-data-loss", "sessions come again");
        Assert.Equal(
            Recorded("sessions: [migrated 2026-11-20]") + "    acceptDataLoss: { sessions: \"sessions come again\" }\n",
            Text());
    }

    [Theory]
    [InlineData("next", "sesions", "Did you mean 'sessions'?")]
    [InlineData("next", "sessions migratd", "Did you mean 'migrated'?")]
    [InlineData("next", "network", "'network' does not move: a PrivateNetwork exists on every cloud")]
    [InlineData("next", "sessions retired", "allowed: paused or activated in between")]
    [InlineData("next", "sessions migrated", "allowed: a state once")]
    [InlineData("next", "sessions activated --percent 0", "--percent is 0; allowed: 1 to 100.")]
    [InlineData("next", "web migrated --percent 5", "--percent is 5, and the step is migrated; allowed with activated")]
    [InlineData("next", "sessions activated --at 2026-11-28", "which is in the future; allowed: until now (2026-11-27T09:30Z)")]
    [InlineData("next", "sessions activated --at 2026-11-19", "is before 'migrated 2026-11-20', which it follows")]
    [InlineData("next", "sessions activated --at noon", "--at is 'noon'; allowed: a day (2026-11-21), or a time")]
    [InlineData("next", "sessions sessions", "'sessions' is named twice")]
    [InlineData("next", "migrated", "A component is missing; allowed in front of the state: sessions, web.")]
    [InlineData("next", "web --to gcp", "--to is 'gcp', and 'shop-staging' is on its way to scaleway")]
    [InlineData("next", "web --to mars", "--to is 'mars'; allowed: aws, gcp")]
    [InlineData("undo", "web", "'web' is none of the components that have set out of 'shop-staging'; allowed: sessions.")]
    [InlineData("undo", "", "A component is missing; allowed: sessions (takes 'migrated 2026-11-20' back).")]
    [InlineData("undo", "sessions --accept-data-loss why", "--accept-data-loss is of no use: taking back sessions loses nothing")]
    public void What_cannot_be_done_is_told_and_leaves_the_file_as_it_is(string command, string arguments, string told)
    {
        Write(Recorded("sessions: [migrated 2026-11-20]"));

        var run = Run([command, Stack, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal((ExitCode.Unusable, ""), (run.ExitCode, run.Output));
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.Equal(Recorded("sessions: [migrated 2026-11-20]"), Text());
    }

    [Theory]
    [InlineData("sessions: [migrated 2026-11-20, retired 2026-11-21]", "allowed: paused or activated in between")]
    [InlineData("sessions: [migrated 2026-11-28]", "in the future")]
    [InlineData(
        "sessions: [migrated 2026-11-20]\n<<<<<<< HEAD\n      web: [migrated 2026-11-20]\n=======\n>>>>>>> main",
        "git marked a conflict")]
    [InlineData("sesions: [migrated 2026-11-20]", "infra:migration.components names 'sesions'")]
    public void A_record_that_somebody_broke_is_explained_and_never_overwritten(string components, string told)
    {
        Write(Recorded(components));

        foreach (var command in new[] { new[] { "next", Stack, "web" }, ["undo", Stack, "sessions"], ["status", Stack] })
        {
            var run = Run(command);

            Assert.Equal((ExitCode.Unusable, ""), (run.ExitCode, run.Output));
            Assert.Contains(told, run.Error, StringComparison.Ordinal);
            Assert.Equal(Recorded(components), Text());
        }
    }

    [Fact]
    public void A_record_that_cannot_be_edited_is_left_with_what_to_write_by_hand()
    {
        var text = Settings + "\n  infra:migration: { to: scaleway, components: { sessions: &h [migrated 2026-11-20], web: *h } }\n";
        Write(text);

        var run = Run("next", Stack, "web", "activated", "--at", "2026-11-21T06:00Z");

        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains("web, on line ", run.Error, StringComparison.Ordinal);
        Assert.Contains("It is left as it is; add 'activated 2026-11-21T06:00Z' to web by hand.", run.Error, StringComparison.Ordinal);
        Assert.Equal(text, Text());
    }

    [Fact]
    public void What_can_go_next_is_listed_with_what_needs_nothing_first()
    {
        var run = Run("next", Stack, "--to", "scaleway");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        var lines = run.Output.Split('\n').Where(line => line.StartsWith("  ./run", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            [
                "  ./run migrate next shop-staging sessions migrated --to scaleway",
                "  ./run migrate next shop-staging web migrated --to scaleway",
            ],
            lines);
        Assert.Equal(Settings, Text());
    }

    [Fact]
    public void The_status_says_of_each_component_where_it_stands_and_what_comes_next()
    {
        Write(Recorded("web: [migrated 2026-11-20, activated 2026-11-21T06:00Z]"));

        var run = Run("status", Stack, "--json");

        var status = JsonElement.Parse(run.Output);
        Assert.Equal("scaleway", status.GetProperty("to").GetString());
        Assert.False(status.GetProperty("complete").GetBoolean());
        var (sessions, web) = (status.GetProperty("components")[0], status.GetProperty("components")[1]);
        Assert.Equal(("sessions", "aws", JsonValueKind.Null, "R0"), (
            sessions.GetProperty("name").GetString(),
            sessions.GetProperty("from").GetString(),
            sessions.GetProperty("state").ValueKind,
            sessions.GetProperty("rollback").GetString()));
        Assert.Equal("migrated", sessions.GetProperty("next")[0].GetProperty("state").GetString());
        Assert.Equal(("activated", "2026-11-21T06:00Z", "R2"), (
            web.GetProperty("state").GetString(),
            web.GetProperty("since").GetString(),
            web.GetProperty("rollback").GetString()));
        Assert.Equal("released", web.GetProperty("next")[0].GetProperty("state").GetString());
        Assert.Contains(
            "web        ContainerService  aws   activated    2026-11-21T06:00Z  R2    released",
            Run("status", Stack).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_that_goes_nowhere_says_so()
    {
        var run = Run("status", Stack);

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.StartsWith("shop-staging is on no way to another cloud.", run.Output, StringComparison.Ordinal);
        Assert.Contains("allowed: --to with the one to which it goes", Run("next", Stack, "web").Error, StringComparison.Ordinal);
        Assert.Contains("there is nothing to take back", Run("undo", Stack, "web").Error, StringComparison.Ordinal);
    }

    private static string Recorded(string components) =>
        $"{Settings}\n  infra:migration:\n    to: scaleway\n    components:\n      {components}\n";

    private void Write(string text) => System.IO.File.WriteAllText(File, text);

    private string Text() => System.IO.File.ReadAllText(File);

    private (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var exitCode = new InfraCommand(new(_project.FullName), [Shop], output, error, new FixedTime()).Run(["migrate", .. arguments]);
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 27, 9, 30, 0, TimeSpan.Zero);
    }
}

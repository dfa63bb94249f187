using System.Text.RegularExpressions;
using Infra.Steps;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Steps;

public sealed partial class PulumiCommandTests
{
    public static TheoryData<string> Pages =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md", new EnumerationOptions { RecurseSubdirectories = true })
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Where(file => !file.StartsWith("artifacts", StringComparison.Ordinal)),
    ];

    [Theory]
    [InlineData("pulumi up --stack shop --target 'urn:a$b::c' --yes", null)]
    [InlineData("pulumi up \\\n    --target 'urn:a'", null)]
    [InlineData("pulumi stack output nameServers --stack shop --json", null)]
    [InlineData("pulumi up --taget x", "'up' has no option --taget")]
    [InlineData("pulumi up --target", "--target has no value")]
    [InlineData("pulumi up --stack --yes", "--stack has no value")]
    [InlineData("pulumi stack rename a", "'stack' is no command that is known here")]
    [InlineData("pulumi destroy all", "'destroy' takes 0 arguments, and 1 are given")]
    [InlineData("pulumi up --target 'urn", "'pulumi up --target 'urn' has a quote without an end")]
    public void A_command_line_is_understood_or_what_is_wrong_is_said(string line, string? problem) =>
        Assert.Equal(problem, PulumiCommand.Problem(line));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Pulumi_understands_every_command_line_that_a_page_holds(string page)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, page));
        // A diagram is no command line.
        var lines = Blocks().Matches(text)
            .Where(block => !block.Value.Contains('►', StringComparison.Ordinal))
            .SelectMany(block => Joined(block.Groups["code"].Value))
            .Concat(Inline().Matches(Blocks().Replace(text, "")).Select(code => code.Groups["code"].Value));

        Assert.Empty(Problems(lines));
    }

    [Fact]
    public void The_pages_on_first_updates_and_taking_down_hold_command_lines() => Assert.All(
        new[] { "docs/first-update.md", "docs/taking-down.md" },
        page => Assert.True(Inline().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))).Count(code =>
            code.Groups["code"].Value.StartsWith("pulumi ", StringComparison.Ordinal)) > 5));

    [Theory]
    [MemberData(nameof(FirstStepsTests.Stacks), MemberType = typeof(FirstStepsTests))]
    public void Pulumi_understands_every_command_line_that_is_printed(string stack)
    {
        var (plan, settings) = FirstStepsTests.Planned(stack);
        var commands = FirstSteps.Of(plan, settings).Concat(TakeDown.Of(plan)).SelectMany(step => step.Commands).ToList();

        Assert.Contains(commands, command => command.StartsWith("pulumi destroy", StringComparison.Ordinal));
        Assert.Empty(Problems(commands));
    }

    private static IEnumerable<string> Problems(IEnumerable<string> lines) =>
        from line in lines
        from command in Comment().Replace(line, "").Split("&&", StringSplitOptions.TrimEntries)
        where command == "pulumi" || command.StartsWith("pulumi ", StringComparison.Ordinal)
        where !command.Contains('<', StringComparison.Ordinal) && !command.Contains('…', StringComparison.Ordinal)
        let problem = PulumiCommand.Problem(command)
        where problem is not null
        select $"{command}: {problem}";

    private static IEnumerable<string> Joined(string block) =>
        block.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n', StringSplitOptions.TrimEntries);

    [GeneratedRegex("(?ms)^ *```[a-z]*\n(?<code>.*?)^ *```")]
    private static partial Regex Blocks();

    [GeneratedRegex("`(?<code>[^`\n]+)`")]
    private static partial Regex Inline();

    [GeneratedRegex(" +# .*")]
    private static partial Regex Comment();
}

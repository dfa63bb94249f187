using System.Text.Json;
using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Settings;
using Infra.Stacks;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Settings;

/// <summary>A plan and <c>pulumi up</c> read the same settings out of a stack file, or the plan refuses it.</summary>
public sealed partial class EngineReadingTests
{
    public static TheoryData<string> StackFiles => [.. StackFolder.Around(Repository.Root)!.Stacks];

    /// <summary>The examples of settings on the pages: file, and which one of it.</summary>
    public static TheoryData<string, int> Examples
    {
        get
        {
            var examples = new TheoryData<string, int>();
            foreach (var page in Pages())
            {
                for (var index = 0; index < ExamplesOf(page).Count; index++) examples.Add(page, index);
            }

            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(StackFiles))]
    public void The_engine_reads_the_settings_that_a_plan_reads(string stack)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "stacks", $"Pulumi.{stack}.yaml"));
        var systems = Systems.All.Select(system => system.Name).ToList();
        var findings = new Findings();

        var planned = SettingsReader.Read(stack, StackFile.Parse(text, "the file", findings)!, systems, findings);
        var deployed = SettingsReader.Read(stack, Handed(text, findings), systems, findings);

        Assert.Equal("", findings.All.Errors());
        Assert.Equal(Written(planned!), Written(deployed!));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_on_a_page_can_be_copied_into_a_stack_file(string page, int index)
    {
        var findings = new Findings();

        StackFile.Parse("config:\n" + ExamplesOf(page)[index], page, findings);

        Assert.Empty(findings.All);
    }

    [Fact]
    public void There_are_examples_on_pages() => Assert.NotEmpty(Pages().SelectMany(ExamplesOf));

    [Theory]
    [InlineData("infra:owner: &team platform@shop.example\n  infra:regions: { aws: eu-west-1 }\n  infra:images: { api: *team }")]
    [InlineData("infra:components: { base: &base { size: small, port: 80 }, api: { <<: *base, port: 8080 }, web: { <<: [*base] } }")]
    [InlineData("infra:components: { a: &a { x: \"1\" }, b: &b { x: \"2\", y: no }, c: { <<: [*a, *b], z: 3 } }")]
    [InlineData("infra:components: { api: { environment: { VERSION: \"1.10\", DAY: '2027-10-01', SWITCH: on, EMPTY: ~ } } }")]
    [InlineData("infra:components:\n    api:\n      text: |\n        two\n        lines\n      part: 1.5")]
    [InlineData("infra:components:\n    api:\n      folded: >-\n        one\n        line\n      flag: true")]
    [InlineData("infra:placement: { api: aws, web: gcp }\n  infra:relayPorts: { api: 20001 }")]
    public void Anchors_merges_and_blocks_mean_what_they_mean_to_the_engine(string settings)
    {
        var text = Configurations.Complete.Replace("  infra:owner: platform@shop.example\n", "", StringComparison.Ordinal)
            + (settings.Contains("infra:owner", StringComparison.Ordinal) ? "" : "\n  infra:owner: platform@shop.example")
            + "\n  " + settings + "\n";
        var findings = new Findings();

        var planned = Configurations.Read(StackFile.Parse(text, "the file", findings)!, Configurations.Stack, findings);
        var deployed = Configurations.Read(Handed(text, findings), Configurations.Stack, findings);

        Assert.Equal("", findings.All.Errors());
        Assert.Equal(Written(planned!), Written(deployed!));
    }

    [Theory]
    [InlineData("infra:images: '{\"api\":\"api:main\"}'", "infra:images is the text '{\"api\":\"api:main\"}', which Pulumi refuses")]
    [InlineData("infra:waivers: '[]'", "infra:waivers is the text '[]', which Pulumi refuses; allowed: a list.")]
    [InlineData("infra:components: { api: { <<: small } }", "'<<' merges a single value at infra:components.api; allowed: a map")]
    [InlineData("infra:components: &all { api: { <<: *all } }", "Remove aliases that contain themselves.")]
    [InlineData("infra:components: { \"<<\": { api: {} } }", "the key \"<<\" at infra:components merges for Pulumi, quotes or not")]
    [InlineData("infra:components: { 8080: {} }", "the key 8080 at infra:components is no text to YAML; allowed: texts.")]
    [InlineData("infra:components: { true: {} }", "the key true at infra:components is no text to YAML")]
    [InlineData("infra:components: { ~: {} }", "the key ~ at infra:components is no text to YAML")]
    [InlineData("infra:components: { 2027-10-01: {} }", "the key 2027-10-01 at infra:components is no text to YAML")]
    [InlineData("infra:components: { ? [a, b] : {} }", "a key is a map, a list or an alias; allowed: texts")]
    [InlineData("infra:components: { !!binary YQ== : {} }", "infra:components has the tag !!binary; allowed: none.")]
    public void What_the_engine_would_refuse_or_change_is_refused(string line, string message)
    {
        var findings = new Findings();

        StackFile.Parse($"{Configurations.Complete}\n  {line}\n", "the file", findings);

        Assert.Contains(findings.All, finding => finding.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("environment: [platform/production]\n", Severity.Warning, "'environment' names environments of Pulumi ESC")]
    [InlineData("environment:\n  imports: [platform]\n", Severity.Warning, "'environment' names environments of Pulumi ESC, whose")]
    [InlineData("environment:\n  values:\n    pulumiConfig:\n      infra:cloud: gcp\n", Severity.Error, "'environment' sets pulumiConfig")]
    public void Settings_from_elsewhere_are_not_passed_over_in_silence(string section, Severity severity, string message)
    {
        var findings = new Findings();

        StackFile.Parse(section + Configurations.Complete, "the file", findings);

        var finding = Assert.Single(findings.All);
        Assert.Equal(severity, finding.Severity);
        Assert.Contains($"the file, line 1: {message}", finding.Message, StringComparison.Ordinal);
    }

    private static System.Text.Json.Nodes.JsonObject Handed(string text, Findings findings)
    {
        var (configuration, secretKeys) = EngineReading.Of(text);
        return EngineConfiguration.Read(configuration, secretKeys, findings)!;
    }

    private static string Written(StackSettings settings) => JsonSerializer.Serialize(settings);

    private static IEnumerable<string> Pages() => new[] { "", "docs", "infra", "components", "stacks" }
        .SelectMany(folder => Directory.EnumerateFiles(
            Path.Combine(Repository.Root, folder),
            "*.md",
            folder.Length == 0 ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Repository.Root, path))
        .Where(page => ExamplesOf(page).Count > 0)
        .Order(StringComparer.Ordinal);

    // The blocks of YAML that set something, moved to where they stand below `config:`.
    private static List<string> ExamplesOf(string page) =>
    [
        .. YamlBlock().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)))
            .Select(block => block.Groups["text"].Value)
            .Where(text => text.Contains("infra:", StringComparison.Ordinal))
            .Select(text => text.Replace("config:\n", "", StringComparison.Ordinal).TrimEnd())
            .Select(text => string.Join('\n', text.Split('\n').Select(line => "  " + line)) + "\n"),
    ];

    [GeneratedRegex(@"^( *)```yaml\n(?<text>.*?)^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex YamlBlock();
}

using Infra.Components.Checks;
using Infra.Components.Composition;
using Infra.Rehearsals;
using Infra.Stacks;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Pages;

/// <summary><c>docs/rules.md</c> says what the code says. To refresh it: <c>UPDATE_SNAPSHOTS=1</c>.</summary>
public sealed class RulePageTests
{
    [Fact]
    public void The_page_lists_the_rules_of_the_code() => MarkedText.Matches(RulePage.File, "rules", RulePage.Markdown());

    [Fact]
    public void The_page_lists_every_rule_once()
    {
        var rows = RulePage.Markdown().Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        var ids = rows.Select(row => row.Split('`')[1]);

        Assert.Equal(RulePage.All.Select(rule => rule.Id), ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_rule_that_a_cloud_can_report_is_listed() => Assert.Empty(
        CloudIndex.All
            .SelectMany(cloud => cloud.Provisions.SelectMany(ReportedRules.Of).Concat(ReportedRules.OfPlace(cloud)))
            .Except(RulePage.All)
            .Select(rule => rule.Id));

    [Fact]
    public void Every_rule_of_a_finding_of_a_plan_is_listed()
    {
        var systems = ComponentPages.All.Select(page => page.Example).Concat(Systems.All);
        var found =
            from system in systems
            from environment in new[] { EnvironmentKind.Production, EnvironmentKind.Preview }
            from cloud in CloudIndex.All
            let settings = TestSettings.For(cloud.Cloud, environment, system)

            // With accounts, and without: what is missing is found, too.
            from given in new[] { settings, settings with { Accounts = new(), Images = new Dictionary<string, string>() } }
            from finding in Rehearsal.Run(system, given).Findings
            select finding.Rule;

        var rules = found.ToHashSet();
        Assert.True(rules.Count > 20, $"Only {rules.Count} rules are found.");
        Assert.Empty(rules.Except(RulePage.All).Select(rule => rule.Id));
    }
}

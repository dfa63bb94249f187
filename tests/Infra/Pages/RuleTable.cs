using Infra.Components.Checks;

namespace Infra.Tests.Pages;

/// <summary>Rules, a line each.</summary>
internal static class RuleTable
{
    private static readonly string[] Headings = ["Rule", "What holds", "Production", "Staging", "Preview", "Can be waived"];

    /// <summary>The table.</summary>
    public static string Markdown(IEnumerable<Rule> rules) => MarkedText.Table(Headings, rules.Select(Cells));

    /// <summary>The table, with the clouds that report each rule.</summary>
    public static string Markdown(IEnumerable<Rule> rules, Func<Rule, string> clouds) =>
        MarkedText.Table([.. Headings, "Clouds"], rules.Select(rule => (IReadOnlyList<string>)[.. Cells(rule), clouds(rule)]));

    /// <summary>How much a breach matters in production, in staging and in a preview.</summary>
    public static IReadOnlyList<string> Severities(Rule rule) =>
        [.. new[] { rule.Production, rule.Staging, rule.Preview }.Select(severity => severity.ToString().ToLowerInvariant())];

    private static IReadOnlyList<string> Cells(Rule rule) =>
        [$"`{rule.Id}`", rule.Title, .. Severities(rule), rule.CanBeWaived ? "yes" : "no"];
}

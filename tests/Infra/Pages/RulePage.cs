using System.Reflection;
using Infra.Components.Checks;
using Infra.Components.Composition;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Settings;

namespace Infra.Tests.Pages;

/// <summary>The page of rules: every rule, by who reports it.</summary>
internal static class RulePage
{
    /// <summary>The page's file.</summary>
    public const string File = "docs/rules.md";

    /// <summary>Every rule of the components and of the program.</summary>
    public static IReadOnlyList<Rule> All { get; } = Rules.In(typeof(Plan).Assembly);

    private static IReadOnlyDictionary<Rule, IReadOnlyList<Cloud>> Reporters { get; } = CloudIndex.All
        .SelectMany(cloud => cloud.Provisions
            .SelectMany(ReportedRules.Of)
            .Concat(ReportedRules.OfPlace(cloud))
            .Select(rule => (Rule: rule, cloud.Cloud)))
        .Distinct()
        .GroupBy(pair => pair.Rule, pair => pair.Cloud)
        .ToDictionary(group => group.Key, group => (IReadOnlyList<Cloud>)[.. group]);

    /// <summary>The lists of rules, with their headings.</summary>
    public static string Markdown()
    {
        var settings = Declared(typeof(SettingRules).Assembly, "Settings");
        var plan = Declared(typeof(Plan).Assembly, "Plans", "Rehearsals");
        var neutral = All.Where(rule => !Reporters.ContainsKey(rule) && !settings.Contains(rule) && !plan.Contains(rule)).ToList();
        var several = Reporters.Where(pair => pair.Value.Count > 1).Select(pair => pair.Key).ToHashSet();
        List<(string Title, string Text)> groups =
        [
            ("On every cloud", RuleTable.Markdown(neutral)),
            ("On several clouds", RuleTable.Markdown(All.Where(several.Contains), ReporterNames)),
            .. CloudIndex.All.Select(cloud => ($"On {cloud.Cloud.Name()} only", RuleTable.Markdown(All.Where(rule =>
                Reporters.TryGetValue(rule, out var clouds) && clouds is [var only] && only == cloud.Cloud)))),
            ("Of the plan", RuleTable.Markdown(All.Where(plan.Contains))),
            ("Of settings", RuleTable.Markdown(All.Where(settings.Contains))),
        ];
        return string.Join('\n', groups.Select(group => $"## {group.Title}\n\n{group.Text}"));
    }

    private static string ReporterNames(Rule rule) => string.Join(", ", Reporters[rule].Select(CloudNames.Name));

    private static HashSet<Rule> Declared(Assembly assembly, params IReadOnlyList<string> folders) =>
    [
        .. assembly.GetTypes()
            .Where(type => folders.Contains(type.Namespace?.Split('.').ElementAtOrDefault(1)) && !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Where(field => field.FieldType == typeof(Rule))
            .Select(field => (Rule)field.GetValue(null)!),
    ];
}

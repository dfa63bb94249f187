using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Composition;
using Infra.Components.Relays;
using Infra.Components.Systems;
using Infra.Plans;

namespace Infra.Tests.Pages;

/// <summary>The page of a component folder on one cloud: all of it is what the code says.</summary>
/// <param name="Component">The page of what is the same on every cloud.</param>
/// <param name="Cloud">The cloud.</param>
internal sealed record CloudPage(ComponentPage Component, Cloud Cloud)
{
    private static readonly string[] SeverityHeadings = ["Production", "Staging", "Preview"];

    private const string OfChanges =
        "To a production stack that is deployed, where this argument alone changes. Of a stack of one's own, `./run diff` says it.";

    private readonly ICloud _cloud = CloudIndex.Of(Cloud);

    /// <summary>The page's file, beside what is the same on every cloud.</summary>
    public string File => $"components/{Component.Folder}/{Cloud.Name()}.md";

    /// <summary>The kinds of the folder that the cloud provides.</summary>
    public IReadOnlyList<ComponentKind> Provided => [.. Component.Kinds.Where(kind => _cloud.Find(kind) is not null)];

    /// <summary>The page.</summary>
    public string Markdown()
    {
        var several = Component.Kinds.Length > 1;
        var parts = Component.Kinds.Select(kind => _cloud.Find(kind) is { } provision
            ? $"{(several ? $"## {kind}\n\n" : "")}{Sections(provision, several ? "###" : "##")}"
            : $"## {kind}\n\nNot provided here.\n");
        return $"""
            <!-- Made by the tests: UPDATE_SNAPSHOTS=1 ./test writes it anew. -->
            # {Component.Folder} on {Cloud.Name()}

            What is the same on every cloud: [{Component.Folder}](README.md).
            How severe rules are, and how to accept a breach: [rules](../../docs/rules.md).

            {string.Join('\n', parts)}
            """;
    }

    private string Sections(IProvision provision, string heading)
    {
        List<(string Title, string Text)> sections =
        [
            ("What provides it", $"{provision.Offer.Backing.Name()}: {provision.Offer.Product}\n"),
            ("What the example creates", Created(provision.Kind)),
            ("What stands beside it", Beside(provision)),
            ("Tweaks", Tweaks(provision, heading)),
            ("Gaps", Gaps(provision)),
            ("Rules", RulesOf(provision)),
        ];
        if (ChangeTable.Markdown(provision.Kind, Cloud) is { } changes)
            sections.Insert(sections.FindIndex(section => section.Title == "Gaps"), ("What a change does", $"{OfChanges}\n\n{changes}"));
        if (provision.Kind == RelayKind.Instance)
            sections.Insert(2, ("How the shop of the example reaches each target", RelayTable.Markdown(Component, Cloud)));
        return string.Join('\n', sections.Select(section => $"{heading} {section.Title}\n\n{section.Text}"));
    }

    private string Created(ComponentKind kind)
    {
        var plan = Component.On(Cloud);
        if (plan.HasErrors)
        {
            var errors = plan.Findings.Where(finding => finding.Severity == Severity.Error);
            return $"The example cannot be built here: {string.Join(", ", errors.Select(finding => $"`{finding.Rule.Id}`").Distinct())}.\n";
        }

        var components = OnCloud(kind).Select(component => component.Urn).ToHashSet();
        var resources = plan.Resources
            .Where(resource => resource.ComponentUrn is { } urn && components.Contains(urn))
            .GroupBy(resource => resource.Type)
            .Select(group => (IReadOnlyList<string>)[$"`{group.Key}`", $"{group.Count()}"])
            .ToList();
        return resources.Count == 0 ? "Nothing of its own.\n" : MarkedText.Table(["Resource", "Count"], resources);
    }

    private string Beside(IProvision provision)
    {
        var model = new Model();
        Component.Example.Declare(model);
        var components = model.Components.Where(component => component.Kind == provision.Kind).ToList();

        // What a foundation needs is the same whatever is declared.
        var kinds = provision.Kind.IsFoundation ? provision.Beside(null!) : components.SelectMany(provision.Beside);
        List<string> sentences = [.. Listed("", kinds.Distinct().Select(kind => kind.Name))];
        if (provision is INeedsAddons)
        {
            var addons = OnCloud(ClusterAddonKind.Instance).Select(addon => addon.Name);
            sentences.AddRange(Listed("Add-ons of the cluster, in the example: ", addons));
        }

        return sentences.Count == 0 ? "Nothing.\n" : $"{string.Join(' ', sentences)}\n";
    }

    private IEnumerable<PlannedComponent> OnCloud(ComponentKind kind) =>
        Component.On(Cloud).Components.Where(component => component.Kind == kind && component.Cloud == Cloud);

    private static IEnumerable<string> Listed(string before, IEnumerable<string> names) =>
        names.Select(name => $"`{name}`").ToList() is { Count: > 0 } quoted ? [$"{before}{string.Join(", ", quoted)}."] : [];

    private static string Tweaks(IProvision provision, string heading) => provision.Tweaks.Count == 0
        ? "None.\n"
        : string.Join('\n', provision.Tweaks.Select(tweak =>
            $"{heading}# {tweak.Name}\n\n{CodeComments.Of(tweak)}\n\n{ArgumentTable.Markdown(tweak)}"));

    private static string Gaps(IProvision provision) => provision.Gaps.Count == 0
        ? "None.\n"
        : MarkedText.Table(
            ["Promise", "What differs", "Rule", .. SeverityHeadings],
            provision.Gaps.Select(gap => (IReadOnlyList<string>)
            [
                gap.Promise,
                gap.Remark,
                gap.Rule is null ? "" : $"`{gap.Rule.Id}`",
                .. gap.Rule is null ? ["", "", ""] : RuleTable.Severities(gap.Rule),
            ]));

    private static string RulesOf(IProvision provision) =>
        ReportedRules.Of(provision) is { Count: > 0 } rules ? RuleTable.Markdown(rules) : "None of its own.\n";
}

using System.Globalization;

namespace Infra.Components.Checks;

/// <summary>A breach of a rule that a stack accepts.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Component">The component that breaks it; null for what concerns the whole stack.</param>
/// <param name="Reason">Why it is accepted, for whoever reads the stack file later.</param>
/// <param name="Until">The last day on which it is.</param>
public sealed record Waiver(string Rule, string? Component, string Reason, DateOnly Until);

/// <summary>Applies what a stack accepts to what was found: a breach that is accepted becomes information that says why.</summary>
/// <param name="accepted">What the stack accepts.</param>
/// <param name="today">The day on which the plan is worked out.</param>
internal sealed class Waivers(IReadOnlyList<Waiver> accepted, DateOnly today)
{
    private static readonly Rule Known = Rule.Error("waiver-unknown", "Waivers name rules that exist and can be waived");
    private static readonly Rule Current = Rule.Error("waiver-expired", "Waivers have an end that is still to come");
    private static readonly Rule Useful = Rule.Error("waiver-unused", "Waivers accept something that is found");

    private readonly HashSet<Waiver> _used = [];

    /// <summary>Applies it to what was found so far. May be called again when more was found.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="rules">Every rule.</param>
    /// <param name="complete">Whether everything was checked, so that a waiver of nothing can be told.</param>
    public void Apply(Findings findings, Lazy<IReadOnlyList<Rule>> rules, bool complete)
    {
        if (accepted.Count == 0) return;
        findings.Replace(Weighed);
        foreach (var breach in accepted) Check(breach, findings, rules.Value, complete);
    }

    private Finding Weighed(Finding finding)
    {
        if (!finding.Rule.CanBeWaived) return finding;
        if (accepted.FirstOrDefault(breach => breach.Rule == finding.Rule.Id && breach.Component == finding.Component) is not { } breach)
            return finding;
        _used.Add(breach);
        if (breach.Until < today) return finding;

        // What was found may be weighed again when more was.
        var acceptance = string.Create(CultureInfo.InvariantCulture, $" Accepted until {breach.Until:yyyy-MM-dd}: {breach.Reason}");
        return finding.Message.EndsWith(acceptance, StringComparison.Ordinal)
            ? finding
            : finding with { Severity = Severity.Info, Message = finding.Message + acceptance };
    }

    private void Check(Waiver breach, Findings findings, IReadOnlyList<Rule> rules, bool complete)
    {
        var rule = rules.FirstOrDefault(candidate => candidate.Id == breach.Rule);
        var subject = breach.Component is null ? $"'{breach.Rule}'" : $"'{breach.Rule}' of '{breach.Component}'";
        if (rule is null)
        {
            var near = Spelling.Near(breach.Rule, rules.Where(candidate => candidate.CanBeWaived).Select(candidate => candidate.Id));
            findings.Report(
                Known,
                breach.Component,
                $"infra:waivers names the rule '{breach.Rule}', which does not exist; allowed: "
                + $"the ids that stand in brackets behind findings{(near.Count == 0 ? "" : $", such as {string.Join(", ", near)}")}. "
                + "Correct it or remove the waiver.");
        }
        else if (!rule.CanBeWaived)
        {
            findings.Report(
                Known,
                breach.Component,
                $"infra:waivers accepts {subject}, whose breach cannot be built; allowed: "
                + "rules that can be waived, as the page of rules says. Remove the waiver, and change what is found.");
        }
        else if (breach.Until < today)
        {
            findings.Report(
                Current,
                breach.Component,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"infra:waivers accepts {subject} until {breach.Until:yyyy-MM-dd}, and today is {today:yyyy-MM-dd}; allowed: "
                    + $"a day to come. ")
                + "Mend what was accepted, or set a later day with a reason that still holds.");
        }
        else if (complete && !rule.NeedsDeployed && !_used.Contains(breach))
        {
            findings.Report(
                Useful,
                breach.Component,
                $"infra:waivers accepts {subject}, and nothing of the kind is found; allowed: waivers of what is found. "
                + "Remove the waiver.");
        }
    }
}

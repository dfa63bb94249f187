using Infra.Changes;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Rehearsals;

namespace Infra.CommandLine;

/// <summary>A plan that is compared with another one.</summary>
/// <param name="Document">The plan.</param>
/// <param name="Words">What it is, in words.</param>
/// <param name="Settings">The settings from which it was made here; null where it was made elsewhere.</param>
internal sealed record PlannedSide(PlanDocument Document, string Words, StackSettings? Settings = null)
{
    /// <summary>Whether there is no plan, because of errors.</summary>
    public bool IsUnplanned => Document is { Errors.Count: > 0, Resources.Count: 0 };
}

/// <summary>Judges what deploying one plan does to a stack that another was deployed to.</summary>
internal static class PlanComparison
{
    /// <summary>What it does, with what the stack file does not accept of it.</summary>
    public static PlanChanges Of(PlannedSide before, PlannedSide after)
    {
        var changes = Comparison.Of(before.Document, after.Document, before.Words, after.Words);
        var findings = new Findings(after.Settings?.Environment ?? EnvironmentKind.Production);
        ChangeChecks.Check(changes, findings);
        Relocation.Check(Whereabouts.In(before.Document.Outputs), Whereabouts.In(after.Document.Outputs), findings);
        if (after.Settings is { } accepting)
            new Waivers(accepting.Waivers, accepting.Today).Apply(findings, PreparedStack.AllRules, complete: false);
        return changes with { Findings = findings.All, Safe = !findings.HasErrors };
    }
}

using Infra.Changes;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Facts;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.RandomSystems;

namespace Infra.Tests.Migrations;

/// <summary>What every step of every migration promises.</summary>
internal static class MigrationPromises
{
    // Of what takes no step itself: protection comes and goes with those that need it.
    private static readonly string[] Protection =
    [
        "(protect)", "deletionProtection", "enableDeletionProtection", "forceDestroy", "forceDelete", "deleteAdditionalResources",
        "settings.deletionProtectionEnabled",
    ];

    /// <summary>Fails with what a step does not keep.</summary>
    public static void Check(MigrationStep step, SystemDeclaration system)
    {
        var (before, after) = (step.Before.Plan, step.After.Plan);
        CheckChange("a step", before, after, step.Component);
        None("every reference leads to something", Dangling(after));
        None("no store is open", Open(after));
        None("the step is let by what is deployed", Refused(step));
        None("everyone uses a copy that serves", Lost(step, system));
    }

    /// <summary>
    /// Fails with what taking a step back does not keep. From <see cref="MigrationState.Retired"/> there is no way back, and leaving a
    /// store that was written to wants a reason, which is asked for.
    /// </summary>
    public static void CheckUndo(MigrationStep step)
    {
        var (before, after) = (step.Before.Plan, step.After.Plan);
        var was = step.Before.Settings.Migration?.Components;
        var states = step.After.Settings.Migration!.Components
            .Where(component => was?.GetValueOrDefault(component.Key)?.History.Count != component.Value.History.Count)
            .Select(component => component.Value.Last.State)
            .ToList();
        if (states.Contains(MigrationState.Retired)) return;
        CheckChange("taking a step back", after, before, step.Component);
        var findings = new Findings(EnvironmentKind.Production);
        Relocation.Check(Whereabouts.In(after.Outputs), Whereabouts.In(before.Outputs), findings);
        None(
            "taking a step back is let by what is deployed, but where writes would be lost",
            findings.All
                .Where(finding => finding.Rule.Id != "deployed-return" || !states.Contains(MigrationState.Activated))
                .Select(finding => finding.Message));
    }

    /// <summary>Fails where finishing changes anything.</summary>
    public static void CheckFinish(Plan last, Plan finished)
    {
        None(
            "the finished stack has no error",
            finished.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Message));
        var (one, other) = (last.Resources.Select(Whole).ToHashSet(), finished.Resources.Select(Whole).ToHashSet());
        None(
            "finishing changes nothing",
            one.Except(other).Select(text => $"- {text}").Concat(other.Except(one).Select(text => $"+ {text}")));
    }

    private static void CheckChange(string what, Plan from, Plan to, string stepping)
    {
        None(
            $"{what} deletes nothing that was protected",
            Deleted(from, to).Where(resource => resource.Protect).Select(resource => resource.Urn));
        var changes = Comparison.Of(PlanDocument.Of(from), PlanDocument.Of(to));
        None(
            $"{what} loses nothing, and is refused nothing",
            from component in changes.Components
            from resource in component.Resources
            where resource.Effect is Effect.Refused or Effect.DataLost
            select $"{resource.Effect} {resource.Urn}: {resource.Remark} {string.Join(", ", resource.Inputs.Select(input => input.Path))}");
        None($"{what} changes no store but the one that takes it", Changed(changes, stepping));
    }

    private static void None(string promise, IEnumerable<string> broken)
    {
        var all = broken.Take(4).ToList();
        if (all.Count > 0) throw new BrokenPromiseException(promise, string.Join('\n', all));
    }

    private static IEnumerable<PlannedResource> Deleted(Plan before, Plan after)
    {
        var kept = after.Resources.SelectMany(resource => resource.Aliases.Append(resource.Urn)).ToHashSet();
        return before.Resources.Where(resource => !kept.Contains(resource.Urn));
    }

    // What a grant, a login or a schedule is made of, changes with those who use a store; what holds its data does not.
    private static IEnumerable<string> Changed(PlanChanges changes, string stepping) =>
        from component in changes.Components
        where component.Name != stepping && stepping != MigrationWalk.Everything
        from resource in component.Resources
        where resource.Operation is Operation.Update or Operation.Replace
        where FactTables.Of(resource.Type)?.LastingWith(System.Text.Json.JsonElement.Parse("{}")) == Lasting.Data
        from input in resource.Inputs
        where !Protection.Contains(input.Path)
        select $"{resource.Urn} {input.Path}: {input.From} to {input.To}";

    private static IEnumerable<string> Dangling(Plan plan)
    {
        var known = plan.Resources.Select(resource => resource.Urn).Concat(plan.Components.Select(component => component.Urn)).ToHashSet();
        return
            from resource in plan.Resources
            from urn in resource.References.Select(reference => reference.To)
                .Concat(resource.DependsOn)
                .Concat(new[] { resource.Parent, resource.Provider }.OfType<string>())
            where !known.Contains(urn)
            select $"{resource.Urn} to {urn}";
    }

    private static IEnumerable<string> Open(Plan plan)
    {
        var stores = plan.Components
            .Where(component => component.Kind.Stage == BuildStage.Store)
            .Select(component => component.Urn)
            .ToHashSet();
        return
            from exposure in Exposures.Of(plan)
            where exposure.Resource.ComponentUrn is { } urn && stores.Contains(urn)
            select $"{exposure.Resource.Urn} is open: {exposure.What}";
    }

    private static IEnumerable<string> Refused(MigrationStep step)
    {
        var findings = new Findings(EnvironmentKind.Production);
        Relocation.Check(Whereabouts.In(step.Before.Plan.Outputs), Whereabouts.In(step.After.Plan.Outputs), findings);
        return findings.All.Select(finding => finding.Message);
    }

    private static IEnumerable<string> Lost(MigrationStep step, SystemDeclaration system)
    {
        var blueprint = PreparedStack.Of(system, step.After.Settings).Blueprint;
        return
            from link in blueprint.Links
            where link.Consumer.Component is not IMover
            where link.Target.State != StandingState.Active
            where !(link.Intent == Intent.Consume && link.Consumer.IsLeft && link.Target.IsLeft)
            select $"{link.Consumer} uses {link.Target}, which does not serve";
    }

    private static string Whole(PlannedResource resource) =>
        $"{resource.Urn} {resource.Protect} {resource.RetainOnDelete} {resource.Provider} {resource.Parent} {resource.Inputs} "
        + $"{string.Join(' ', resource.DependsOn.Order(StringComparer.Ordinal))} {string.Join(' ', resource.IgnoreChanges)} "
        + $"{string.Join(' ', resource.ReplaceOnChanges)} {resource.DeleteBeforeReplace} {string.Join(' ', resource.Aliases)}";
}

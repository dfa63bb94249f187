using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Rehearsals;

/// <summary>
/// Refuses to deploy a stack somewhere else than where it stands: what is there would be deleted, and empty things made elsewhere. Only a
/// run that knows what is deployed can tell: the real one, and <c>diff</c>.
/// </summary>
internal static class Relocation
{
    private static readonly Rule Placement = Rule.OfDeployed("deployed-placement", "A component that is deployed stays on its cloud");

    private static readonly Rule Step = Rule.OfDeployed("deployed-step", "A component that moves takes one step at a time");

    private static readonly Rule Return = Rule.OfDeployed("deployed-return", "A store goes back only with what was written to it");

    private static readonly Rule Place = Rule.OfDeployed("deployed-location", "A stack that is deployed stays in its location and regions");

    private static readonly Rule Account = Rule.OfDeployed("deployed-account", "A stack that is deployed stays in its accounts");

    private static readonly Rule Environment = Rule.OfDeployed("deployed-environment", "A stack that is deployed keeps its environment");

    private static readonly Rule Name = Rule.OfDeployed("deployed-name", "A stack that is deployed keeps its name");

    /// <summary>Compares where a stack stands with where it would.</summary>
    /// <param name="deployed">Where it stands; whatever is not known of it is not compared.</param>
    /// <param name="planned">Where it would.</param>
    /// <param name="findings">Where findings go.</param>
    public static void Check(Whereabouts deployed, Whereabouts planned, Findings findings)
    {
        foreach (var (component, before) in deployed.Placement.OrderBy(placed => placed.Key, StringComparer.Ordinal))
        {
            if (!planned.Placement.TryGetValue(component, out var after) || after == before) continue;
            var (was, becomes) = (deployed.Migration.GetValueOrDefault(component), planned.Migration.GetValueOrDefault(component));
            if (IsStep(was, becomes, before, after)) continue;
            findings.Report(
                Placement,
                component,
                $"It stands on {before}, and would stand on {after}: it would be deleted there with everything in it, and an empty "
                + "one made; "
                + $"allowed: {before}, as long as it is deployed. Set infra:placement.{component} to {before}. To move it, record its way "
                + "in infra:migration, step by step.");
        }

        CheckSteps(deployed, planned, findings);

        foreach (var (cloud, before) in deployed.Regions.OrderBy(region => region.Key, StringComparer.Ordinal))
        {
            if (!planned.Regions.TryGetValue(cloud, out var after) || after == before) continue;
            findings.Report(
                Place,
                null,
                $"The stack stands in {before} on {cloud}, and would stand in {after}: everything there would be deleted and made "
                + "anew, empty; "
                + $"allowed: {before}. Set infra:regions.{cloud} to {before}, or deploy a stack of another name in {after} and move "
                + "there.");
        }

        // Where no region is exported, as on plain Kubernetes, the place is all that is known.
        if (deployed.Regions.Count == 0 && Differs(deployed.Location, planned.Location))
        {
            findings.Report(
                Place,
                null,
                $"The stack stands in {deployed.Location}, and would stand in {planned.Location}; allowed: {deployed.Location}. Set "
                + $"infra:location to {deployed.Location}, or deploy a stack of another name in {planned.Location} and move there.");
        }

        foreach (var (cloud, before) in deployed.Accounts.OrderBy(account => account.Key, StringComparer.Ordinal))
        {
            if (!planned.Accounts.TryGetValue(cloud, out var after) || after == before) continue;
            findings.Report(
                Account,
                null,
                $"The stack stands in the account {before} on {cloud}, and would stand in {after}, where nothing of it is; allowed: "
                + $"{before}. "
                + $"Correct infra:accounts.{cloud}, or deploy a stack of another name to {after} and move there.");
        }

        if (Differs(deployed.Environment, planned.Environment))
        {
            findings.Report(
                Environment,
                null,
                $"The stack is a {deployed.Environment} stack, and would become a {planned.Environment} one: sizes, standby "
                + "machines, backups, "
                + $"certificates and protection would change at once; allowed: {deployed.Environment}. Set infra:environment to "
                + $"{deployed.Environment}, or deploy a stack of another name for {planned.Environment}.");
        }

        if (Differs(deployed.Stack, planned.Stack))
        {
            findings.Report(
                Name,
                null,
                $"The stack was deployed as '{deployed.Stack}', and is called '{planned.Stack}' now: everything whose name holds "
                + "the stack's "
                + $"would be made anew, empty; allowed: '{deployed.Stack}'. Rename it back with "
                + $"'pulumi stack rename {deployed.Stack}', and its file with it.");
        }
    }

    // Serving changes over from a copy that stands to the other, and back.
    private static bool IsStep(DeployedPassage? was, DeployedPassage? becomes, string before, string after) =>
        was is not null
        && becomes is not null
        && (was.From, was.To) == (becomes.From, becomes.To)
        && (before, after) == (was.State < MigrationState.Activated ? (was.From, was.To) : (was.To, was.From))
        && (was.State == MigrationState.Activated || becomes.State == MigrationState.Activated);

    private static void CheckSteps(Whereabouts deployed, Whereabouts planned, Findings findings)
    {
        foreach (var component in deployed.Migration.Keys.Union(planned.Migration.Keys).Order(StringComparer.Ordinal))
        {
            var (was, becomes) = (deployed.Migration.GetValueOrDefault(component), planned.Migration.GetValueOrDefault(component));

            // What is new, or goes, is on no way.
            if (!deployed.Placement.ContainsKey(component) || !planned.Placement.ContainsKey(component)) continue;
            if (was is not null && becomes is not null && (was.From, was.To) != (becomes.From, becomes.To))
            {
                findings.Report(
                    Step,
                    component,
                    $"It is on its way from {was.From} to {was.To}, and would be on one from {becomes.From} to {becomes.To}; allowed: the "
                    + "same. Undo it first, or finish it: infra:migration goes once everything is retired.");
            }
            else if (Distance(was, becomes) is > 1 or < -1)
            {
                findings.Report(
                    Step,
                    component,
                    $"It is {Told(was)}, and would be {Told(becomes)}; allowed: one step at a time, each deployed, because each needs what "
                    + "the one before has made. Take the other entries away, and deploy between them.");
            }
            else if (was is { State: MigrationState.Retired } && becomes is not null and not { State: MigrationState.Retired })
            {
                findings.Report(
                    Step,
                    component,
                    $"It is retired, and would be {Told(becomes)}: its copy on {was.From} is gone; allowed: retired, or no history and "
                    + $"infra:placement on {was.To}. To go back, finish, and migrate it anew to {was.From}.");
            }
            else if (was is { State: MigrationState.Activated, Loses: true }
                && becomes is { State: < MigrationState.Activated, Accepts: false })
            {
                findings.Report(
                    Return,
                    component,
                    $"It is activated on {was.To}, and would be {Told(becomes)}: what was written since would stay on {was.To}, and be "
                    + $"lost; allowed: a way that carries writes back, or infra:migration.components.{component}.acceptDataLoss with the "
                    + "reason. Copy what is needed, and say so.");
            }
        }
    }

    // A store that nobody has to be stopped for leaves out a step.
    private static int Distance(DeployedPassage? was, DeployedPassage? becomes)
    {
        if (was is { State: MigrationState.Retired } && becomes is null) return 0;
        var (from, to) = (Number(was), Number(becomes));
        var paused = (int)MigrationState.Paused;
        if (from < paused && to > paused && !becomes!.Pauses) return to - from - 1;
        return to < paused && from > paused && !was!.Pauses ? to - from + 1 : to - from;
    }

    private static int Number(DeployedPassage? passage) => passage is null ? -1 : (int)passage.State;

    private static string Told(DeployedPassage? passage) => passage is null ? "where it was" : MigrationEntry.NameOf(passage.State);

    private static bool Differs(string? before, string? after) => before is not null && after is not null && before != after;
}

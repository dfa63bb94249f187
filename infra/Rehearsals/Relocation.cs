using Infra.Components.Checks;

namespace Infra.Rehearsals;

/// <summary>
/// Refuses to deploy a stack somewhere else than where it stands: what is there would be deleted, and empty things made elsewhere. Only a
/// run that knows what is deployed can tell: the real one, and <c>diff</c>.
/// </summary>
internal static class Relocation
{
    private static readonly Rule Placement = Rule.OfDeployed("deployed-placement", "A component that is deployed stays on its cloud");

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
            findings.Report(
                Placement,
                component,
                $"It stands on {before}, and would stand on {after}: it would be deleted there with everything in it, and an empty "
                + "one made; "
                + $"allowed: {before}, as long as it is deployed. Set infra:placement.{component} to {before}. To move it, deploy another "
                + $"component beside it on {after}, move the data and the consumers, and remove this one last.");
        }

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

    private static bool Differs(string? before, string? after) => before is not null && after is not null && before != after;
}

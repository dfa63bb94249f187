using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Composition;
using Infra.Components.Dns;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Settings;

namespace Infra.CommandLine;

/// <summary>
/// Which DNS zones the stacks of a folder make. Two zones of one domain can both be there, on one cloud or on two; the domain is delegated
/// to one of them, and nobody sees the names in the other.
/// </summary>
internal static class MadeZones
{
    private static readonly Rule Single = Rule.Warning("dns-zone-twice", "One stack makes the zone of a domain");

    /// <summary>Reports domains whose zones several stacks make. Stacks whose files are not valid say so when they are planned.</summary>
    public static void Check(StackFolder folder, IReadOnlyList<SystemDeclaration> systems, Findings findings)
    {
        var makers =
            from stack in folder.Stacks
            from domain in Domains(folder, stack, systems)
            group stack by domain into stacks
            where stacks.Skip(1).Any()
            select stacks;
        foreach (var stacks in makers)
        {
            findings.Report(
                Single,
                null,
                $"The zone of {stacks.Key} would be made by {string.Join(" and ", stacks)}, each with name servers of its own, and the "
                + "domain can lead to one of them only; allowed: one stack that makes it, and others that use it. Deploy one of the "
                + "stacks only, give the others an infra:domain of their own, or set 'existing' of their zone in infra:components.");
        }
    }

    private static IEnumerable<string> Domains(StackFolder folder, string stack, IReadOnlyList<SystemDeclaration> systems)
    {
        var ignored = new Findings();
        if (folder.Settings(stack, systems.Select(system => system.Name), ignored) is not { } settings) return [];
        var domains = new List<string>();
        ignored.Attempt(null, () =>
        {
            var system = systems.Single(candidate => candidate.Name == settings.System);
            var blueprint = SystemResolution.Resolve(system, settings, Kinds.All, ignored);
            domains.AddRange(blueprint.Model.Components
                .OfType<DnsZone>()
                .Where(zone => zone.Stands && zone.Args.Existing is null && Makes(blueprint.CloudOf(zone)))
                .Select(zone => zone.Args.Domain));
        });
        return domains.Distinct();
    }

    private static bool Makes(Cloud cloud) => CloudIndex.Of(cloud).Find(DnsZoneKind.Instance)?.Offer.Backing == Backing.Native;
}

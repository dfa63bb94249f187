using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Components.Clouds;

/// <summary>
/// Who must have run before whom: a job that writes to a store which jobs prepare, as migrations do, before every service that uses that
/// store or a copy of it, wherever the two stand.
/// </summary>
internal static class MustRunBefore
{
    /// <summary>The jobs that must have succeeded before a service starts, in the order of their declaration.</summary>
    public static IEnumerable<Standing> Of(Blueprint blueprint, Standing service)
    {
        var used = blueprint.LinksOf(service)
            .Select(link => blueprint.Find(link.Target.Component.WrittenAt, link.Target.Cloud) ?? link.Target)
            .Where(target => target.Kind.IsPreparedByJobs)
            .ToHashSet();
        return used.Count == 0
            ? []
            : blueprint.Standings.Where(standing =>
                standing.Kind.Stage == BuildStage.Job
                && blueprint.LinksOf(standing).Any(link => link.Intent == Intent.Write && used.Contains(link.Target)));
    }
}

using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Components.Clouds;

/// <summary>
/// Who must have run before whom: a job that writes to a store which jobs prepare, as migrations do, before every service that uses that
/// store or a copy of it, wherever the two stand; and one that comes first, as loading a dump does, before every other consumer.
/// </summary>
internal static class MustRunBefore
{
    /// <summary>The jobs that must have succeeded before a service or a job starts, in the order of their declaration.</summary>
    public static IEnumerable<Standing> Of(Blueprint blueprint, Standing consumer)
    {
        if (ComesFirst(consumer)) return [];
        var used = blueprint.LinksOf(consumer)
            .Select(link => blueprint.Find(link.Target.Component.WrittenAt, link.Target.Cloud) ?? link.Target)
            .Where(target => target.Kind.IsPreparedByJobs)
            .ToHashSet();
        return used.Count == 0
            ? []
            : blueprint.Standings.Where(standing =>
                standing.Kind.Stage == BuildStage.Job
                && (consumer.Kind.Stage != BuildStage.Job || ComesFirst(standing))
                && blueprint.LinksOf(standing).Any(link => link.Intent == Intent.Write && used.Contains(link.Target)));
    }

    /// <summary>
    /// Whoever must have stopped before a consumer starts: the writers of a store that it brings up to date for the last time.
    /// </summary>
    public static IEnumerable<Standing> Stopped(Blueprint blueprint, Component consumer) =>
        consumer is IMover mover && blueprint.CopiesOf(mover.Moved).Any(Blueprint.IsPaused)
            ? blueprint.Standings.Where(blueprint.IsIdle)
            : [];

    /// <summary>Whether a job runs before every other consumer of what it writes to.</summary>
    public static bool ComesFirst(Standing standing) => standing.Component is Consumer { ComesFirst: true };
}

using Infra.Components.Systems;

namespace Infra.Migrations;

/// <summary>Components that move on one day.</summary>
/// <param name="Units">What cannot be parted, together; in the order in which it is activated.</param>
/// <param name="Reason">Why the wave is what it is, as a sentence.</param>
internal sealed record PlannedWave(IReadOnlyList<IReadOnlyList<Component>> Units, string Reason)
{
    /// <summary>Everything in it.</summary>
    public IReadOnlyList<Component> Components { get; } = [.. Units.SelectMany(unit => unit)];
}

/// <summary>How much it matters when something goes wrong with a component, and how long its data takes.</summary>
/// <param name="Points">
/// 3 where its writers pause, 2 where what it holds lasts, 2 where traffic enters, 1 where the data is personal or confidential.
/// </param>
/// <param name="Pauses">Whether its writers pause.</param>
/// <param name="CopySeconds">How long its data takes to be copied.</param>
internal sealed record MoveRisk(int Points, bool Pauses, double CopySeconds);

/// <summary>
/// Puts what moves into waves: what needs nothing first, then what needs only that; where traffic enters last. Within a level, what risks
/// less goes first, then what takes less time. A store that pauses its writers has a wave to itself: one window, one way back.
/// </summary>
internal static class WavePlanning
{
    /// <summary>The waves.</summary>
    /// <param name="graph">What moves.</param>
    /// <param name="atMost">How many components a wave has, unless more cannot be parted.</param>
    /// <param name="late">What moves after everything but the edge, whoever needs it: links lead back to the old copy meanwhile.</param>
    /// <param name="risk">What each component risks.</param>
    public static IReadOnlyList<PlannedWave> Of(
        MoveGraph graph,
        int atMost,
        IReadOnlySet<string> late,
        Func<Component, MoveRisk> risk)
    {
        // What cannot be parted leads to each other in the graph: the groups of Tarjan's algorithm are the units.
        var groups = StrongComponents.Of(graph.Moving, component => graph.BoundTo(component).Concat(Needs(component)));
        var units = groups.Select(group => new Unit(group, [.. group.Select(risk)])).ToList();
        var unitOf = units
            .SelectMany(unit => unit.Components.Select(component => (component, unit)))
            .ToDictionary(pair => pair.component, pair => pair.unit);

        // Groups come after all that they lead to, so that the levels below are known.
        foreach (var unit in units)
        {
            var below = unit.Components
                .SelectMany(Needs)
                .Select(needed => unitOf[needed])
                .Where(other => other != unit && StageOf(other) == StageOf(unit))
                .Select(other => other.Level)
                .DefaultIfEmpty(-1);
            unit.Level = 1 + below.Max();
        }

        var waves = new List<PlannedWave>();
        foreach (var level in units
            .GroupBy(unit => (Stage: StageOf(unit), unit.Level))
            .OrderBy(level => level.Key))
        {
            foreach (var wave in Packed(level, atMost))
                waves.Add(new([.. wave.Select(unit => unit.Components)], Reason(level.Key.Stage, level.Key.Level, wave)));
        }

        return waves;

        IEnumerable<Component> Needs(Component component) =>
            graph.NeedsOf(component).Where(needed => !late.Contains(needed.Name) || late.Contains(component.Name));

        // Everything, then what is late, then the edge.
        int StageOf(Unit unit) =>
            unit.IsEdge ? 2 : unit.Components.Any(component => late.Contains(component.Name)) ? 1 : 0;
    }

    private static IEnumerable<List<Unit>> Packed(IEnumerable<Unit> units, int atMost)
    {
        var wave = new List<Unit>();
        foreach (var unit in units
            .OrderBy(unit => unit.Pauses)
            .ThenBy(unit => unit.Points)
            .ThenBy(unit => unit.CopySeconds)
            .ThenBy(unit => unit.Components.Count)
            .ThenBy(unit => unit.FirstName, StringComparer.Ordinal))
        {
            var isFull = wave.Sum(other => other.Components.Count) + unit.Components.Count > atMost;
            if (wave.Count > 0 && (isFull || unit.Pauses || wave[^1].Pauses))
            {
                yield return wave;
                wave = [];
            }

            wave.Add(unit);
        }

        if (wave.Count > 0) yield return wave;
    }

    private static string Reason(int stage, int level, List<Unit> wave)
    {
        if (wave[0].IsEdge) return "Traffic enters here, and moves when all that it leads to has moved.";
        var what = stage == 1 ? "It was asked to move late: until then its consumers on the new cloud use the old copy."
            : level == 0 ? "Needs nothing that moves."
            : "Needs only what moved before.";
        return wave[0].Pauses ? $"{what} Its writers pause, so that it has a window to itself." : what;
    }

    private sealed class Unit(IReadOnlyList<Component> components, IReadOnlyList<MoveRisk> risks)
    {
        // Stores before those that use them, as they are activated; otherwise as they are declared.
        public IReadOnlyList<Component> Components { get; } = [.. components.OrderBy(component => component.Kind.Stage)];

        public string FirstName { get; } = components.Select(component => component.Name).Min(StringComparer.Ordinal)!;

        public bool IsEdge { get; } = components.All(MoveGraph.IsEdge);

        public bool Pauses { get; } = risks.Any(risk => risk.Pauses);

        public int Points { get; } = risks.Sum(risk => risk.Points);

        public double CopySeconds { get; } = risks.Max(risk => risk.CopySeconds);

        public int Level { get; set; }
    }
}

using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Settings;
using Infra.Steps;

namespace Infra.Migrations;

/// <summary>What a migration is planned by.</summary>
/// <param name="To">The cloud that is gone to.</param>
/// <param name="AtMost">How many components one wave moves, unless more cannot be parted.</param>
/// <param name="Late">What moves after everything but the edge, by name.</param>
/// <param name="Figures">Figures of the command line, by component and figure; of the whole stack under an empty name.</param>
internal sealed record MoveOrder(
    Cloud To,
    int AtMost,
    IReadOnlySet<string> Late,
    IReadOnlyDictionary<(string Component, string Figure), double> Figures);

/// <summary>Plans the migration of a stack: from its model and links, and from one rehearsal on the new cloud.</summary>
internal static class MigrationPlanning
{
    private static readonly Rule Moves = Rule.Error("migrate-nothing", "Something of the stack moves");
    private static readonly Rule Named = Rule.Error("migrate-unknown", "Components and figures that the command line names exist");

    /// <summary>Plans it; null, with findings, where there is nothing to plan.</summary>
    /// <param name="system">The system.</param>
    /// <param name="settings">The stack's settings.</param>
    /// <param name="order">What it is planned by.</param>
    /// <param name="findings">Where findings go that leave nothing to plan.</param>
    public static MigrationPlan? Of(SystemDeclaration system, StackSettings settings, MoveOrder order, Findings findings)
    {
        // Planned from the beginning, wherever the stack has got to: what is recorded is nothing new.
        var ways = settings.Migration?.Ways ?? new Dictionary<string, string>();
        settings = settings with { Migration = null };
        var prepared = PreparedStack.Of(system, settings);
        var graph = MoveGraph.Of(prepared.Blueprint, order.To);
        if (prepared.Findings.All.Any(SettingRules.MakesUnusable) || prepared.Blueprint.Model.Components.Count == 0)
        {
            foreach (var finding in prepared.Findings.All) findings.Add(finding);
            return null;
        }

        CheckNames(graph, order, findings);
        if (graph.Moving.Count == 0)
        {
            findings.Report(
                Moves,
                null,
                $"Nothing of '{settings.Stack}' moves to {order.To.Name()}; allowed: a stack of which something stands on its own cloud, "
                + $"{settings.Cloud.Name()}. {string.Join(' ', graph.Stays.Select(stay => $"'{stay.Component}': {stay.Reason}"))}");
        }

        if (findings.HasErrors) return null;
        var target = Rehearsal.Run(system, On(settings, graph));
        var figures = new FigureBook(settings, order.Figures);
        var data = graph.Everything
            .Select(component => DataMoves.Of(component, WayOf(component, graph, ways), figures))
            .OfType<MovedData>()
            .ToDictionary(moved => moved.Component);
        var risks = graph.Moving.ToDictionary(component => component, component => RiskOf(component, graph, data));
        var waves = WavePlanning.Of(graph, order.AtMost, order.Late, component => risks[component]);
        var surprises = new Findings(settings.Environment);
        Surprises.Report(graph, target, prepared.Findings.All, [.. data.Values], surprises);
        var planned = new WaveDrawing(graph, target, data, figures, component => risks[component]).Draw(waves);
        return new()
        {
            Stack = settings.Stack,
            System = settings.System,
            Environment = prepared.Blueprint.Profile.Name,
            From = graph.From.Name(),
            To = graph.To.Name(),
            Date = settings.Today,
            AtMost = order.AtMost,
            Surprises = [.. surprises.All.OrderByDescending(finding => finding.Severity)],
            Products = Surprises.Products(graph, target),
            Fixed = Surprises.Fixed(graph, target),
            Stays = graph.Stays,
            Inseparable = graph.Inseparable,
            Preparations =
            [
                .. FirstSteps.Preparing(target, settings, graph.To).Select(step => new Preparation(step.Title, step.Notes, step.Commands)),
            ],
            Waves = planned,
            CopySeconds = Longest(planned.Select(wave => wave.CopySeconds)),
            PauseSeconds = Longest(planned.Select(wave => wave.PauseSeconds)),
            TotalSeconds = Sum(planned.SelectMany(wave => wave.Steps
                .Where(step => step.State is not "retired")
                .Select(step => (long?)(step.AfterSeconds ?? 0))
                .Concat([wave.CopySeconds, wave.PauseSeconds]))),
        };
    }

    /// <summary>The stack on the new cloud, as it would be in the end: zones and whatever is placed stay.</summary>
    private static StackSettings On(StackSettings settings, MoveGraph graph) => settings with
    {
        Cloud = graph.To,
        Hypothetical = true,
        Placement = settings.Placement
            .Concat(graph.Blueprint.Standings
                .Where(standing => standing.Kind.Stage is BuildStage.Zone or BuildStage.Record)
                .Where(standing => !settings.Placement.ContainsKey(standing.Name))
                .Select(standing => KeyValuePair.Create(standing.Name, standing.Cloud)))
            .ToDictionary(),
    };

    private static MoveWay? WayOf(Component component, MoveGraph graph, IReadOnlyDictionary<string, string> ways)
    {
        var known = component.Kind.WaysToMove(component, graph.From, graph.To);
        return known.FirstOrDefault(way => way.Name == ways.GetValueOrDefault(component.Name)) ?? (known is [var usual, ..] ? usual : null);
    }

    private static MoveRisk RiskOf(Component component, MoveGraph graph, IReadOnlyDictionary<string, MovedData> data)
    {
        var whole = graph.AlongWith(component).Prepend(component).ToList();
        var moved = whole.Select(part => data.GetValueOrDefault(part.Name)).OfType<MovedData>().ToList();
        var pauses = moved.Exists(one => one.Pauses);
        var points = (pauses ? 3 : 0)
            + (moved.Count > 0 ? 2 : 0)
            + (MoveGraph.IsEdge(component) || graph.EntrancesOf(component).Any() ? 2 : 0)
            + (whole.Exists(part => part.Arguments.DataClass is DataClass.Personal or DataClass.Confidential) ? 1 : 0);
        return new(points, pauses, moved.Select(one => one.CopySeconds ?? double.MaxValue).DefaultIfEmpty(0).Max());
    }

    private static void CheckNames(MoveGraph graph, MoveOrder order, Findings findings)
    {
        var moving = graph.Moving.Where(component => !MoveGraph.IsEdge(component)).Select(component => component.Name).ToList();
        foreach (var name in order.Late.Where(name => !moving.Contains(name)).Order(StringComparer.Ordinal))
        {
            findings.Report(
                Named,
                null,
                $"--last names '{name}', which does not move, or moves last by itself; allowed: {string.Join(", ", moving)}."
                + $"{Spelling.Suggestion(name, moving)} Correct the name.");
        }

        var components = graph.Blueprint.Model.Components.Select(component => component.Name).ToList();
        foreach (var name in order.Figures.Keys.Select(key => key.Component).Distinct().Where(name => name.Length > 0))
        {
            if (components.Contains(name)) continue;
            findings.Report(
                Named,
                null,
                $"--figure names '{name}', which '{graph.Blueprint.Settings.System}' does not have; allowed: "
                + $"{string.Join(", ", components)}.{Spelling.Suggestion(name, components)} Correct the name.");
        }
    }

    private static long? Longest(IEnumerable<long?> times)
    {
        var all = times.ToList();
        return all.Contains(null) ? null : all.DefaultIfEmpty(0).Max();
    }

    private static long? Sum(IEnumerable<long?> times)
    {
        var all = times.ToList();
        return all.Contains(null) ? null : all.Sum();
    }
}

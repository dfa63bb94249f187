using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;

namespace Infra.Tests.Migrations;

/// <summary>A step of a migration: one entry more in its record, and the plans before and after.</summary>
/// <param name="Component">The component that takes it.</param>
/// <param name="Before">The settings and the plan before.</param>
/// <param name="After">The settings and the plan after.</param>
internal sealed record MigrationStep(string Component, PlannedStack Before, PlannedStack After);

/// <summary>Settings with their plan.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="Plan">Their plan.</param>
internal sealed record PlannedStack(StackSettings Settings, Plan Plan);

/// <summary>
/// A way of a system from its cloud to another one, step by step, until everything is retired. Whichever component is asked to take a step,
/// the product says whether it may: its refusals are what makes the order.
/// </summary>
/// <param name="system">The system.</param>
/// <param name="start">Its settings before the migration.</param>
/// <param name="to">Where it goes.</param>
internal sealed class MigrationWalk(SystemDeclaration system, StackSettings start, Cloud to)
{
    /// <summary>What takes a step where all components do.</summary>
    public const string Everything = "everything";

    private static readonly DateTimeOffset Day = new(2026, 11, 1, 6, 0, 0, TimeSpan.Zero);

    // Such as a bucket in a cluster, which no other cloud reaches, and what stays for reasons of its own.
    private readonly HashSet<string> _staying = [];

    /// <summary>The components that have to go.</summary>
    public IReadOnlyList<string> Movable { get; } = MovableOf(system, start);

    /// <summary>What kept the migration from its end; empty where it came to it.</summary>
    public string Stuck { get; private set; } = "";

    /// <summary>Goes all the way.</summary>
    /// <param name="choose">Puts those that may take a step into an order; the first one that is let takes it.</param>
    public IEnumerable<MigrationStep> Steps(Func<IReadOnlyList<string>, IReadOnlyList<string>> choose)
    {
        var now = Planned(start);
        for (var day = 1; ; day++)
        {
            var left = Movable.Where(name => StateOf(now.Settings, name) != MigrationState.Retired && !_staying.Contains(name)).ToList();
            if (left.Count == 0) yield break;
            MigrationStep? taken = null;
            var refusals = new List<string>();
            foreach (var name in choose(left))
            {
                foreach (var state in Next(now.Settings, name))
                {
                    var after = Planned(With(now.Settings, name, new(state, Day.AddDays(day * 2))));
                    if (after.Plan.HasErrors)
                    {
                        refusals.Add($"{name} {state}: {after.Plan.Findings.First(finding => finding.Severity == Severity.Error).Message}");
                        continue;
                    }

                    taken = new(name, now, after);
                    break;
                }

                if (taken is not null) break;
            }

            if (taken is null)
            {
                Stuck = string.Join('\n', refusals);
                yield break;
            }

            yield return taken;
            now = taken.After;
        }
    }

    /// <summary>Goes all the way in as few steps as there are states, everything at once.</summary>
    public IEnumerable<MigrationStep> StepsAtOnce()
    {
        var now = Planned(start);
        foreach (var state in Enum.GetValues<MigrationState>())
        {
            var stepping = Movable.Where(name => state != MigrationState.Paused || Pauses(name)).ToList();
            if (stepping.Count == 0) continue;
            var settings = now.Settings;
            foreach (var name in stepping) settings = With(settings, name, new(state, Day.AddDays(2 * (int)state)));
            var step = new MigrationStep(Everything, now, Planned(settings));
            yield return step;
            now = step.After;
        }

        bool Pauses(string name)
        {
            var blueprint = PreparedStack.Of(system, now.Settings).Blueprint;
            var component = blueprint.Model.Components.Single(component => component.Name == name);
            return new Passages(blueprint.Model, now.Settings).WayOf(component) is { Pauses: true };
        }
    }

    /// <summary>The settings once a migration is finished: the record goes, and the stack's cloud is the new one.</summary>
    public StackSettings Finished() => start with
    {
        Cloud = to,
        Migration = null,
        Placement = PlacementOf(start),
    };

    /// <summary>The state of a component; null for one that has not set out.</summary>
    public static MigrationState? StateOf(StackSettings settings, string name) =>
        settings.Migration?.Components.GetValueOrDefault(name)?.Last.State;

    /// <summary>Works out the plan of settings.</summary>
    public PlannedStack Planned(StackSettings settings) => new(settings, Rehearsal.Run(system, settings));

    // What stays, stays by explicit placement.
    private Dictionary<string, Cloud> PlacementOf(StackSettings settings)
    {
        var model = new Model(settings.Domain, settings.Domains);
        system.Declare(model);
        return model.Components
            .Where(component => component.Kind.Stage == BuildStage.Zone)
            .ToDictionary(component => component.Name, component => settings.Placement.GetValueOrDefault(component.Name, settings.Cloud));
    }

    private static IEnumerable<MigrationState> Next(StackSettings settings, string name) => StateOf(settings, name) switch
    {
        null => [MigrationState.Migrated],
        MigrationState.Migrated => [MigrationState.Activated, MigrationState.Paused],
        MigrationState.Paused => [MigrationState.Activated],
        MigrationState.Activated => [MigrationState.Released],
        _ => [MigrationState.Retired],
    };

    private StackSettings With(StackSettings settings, string name, MigrationEntry entry)
    {
        var components = (settings.Migration?.Components ?? new Dictionary<string, ComponentMigration>()).ToDictionary();
        var history = components.TryGetValue(name, out var before) ? before.History : [];
        components[name] = new([.. history, entry]);
        return settings with { Migration = new() { To = to, Components = components } };
    }

    private static IReadOnlyList<string> MovableOf(SystemDeclaration system, StackSettings settings)
    {
        var model = new Model(settings.Domain, settings.Domains);
        system.Declare(model);
        return
        [
            .. model.Components
                .Where(component => component.Kind is { IsFoundation: false, FollowsConsumers: false })
                .Where(component =>
                    !component.Kind.FollowsReferrers || !model.Components.Any(other => other.References.Contains(component)))
                .Where(component => component.Kind.Stage is not (BuildStage.Zone or BuildStage.Record) && component.StandsOn is null)
                .Select(component => component.Name),
        ];
    }
}

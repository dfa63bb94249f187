using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Rehearsals;

namespace Infra.Migrations;

/// <summary>What a stack on its way to another cloud can do next, and what stands in the way of the rest.</summary>
/// <param name="Steps">Every component that has not arrived with its next step, in the order in which they go.</param>
internal sealed record NextSteps(IReadOnlyList<PossibleStep> Steps)
{
    /// <summary>Tries the next step of every component on the system's checks.</summary>
    /// <param name="system">The system.</param>
    /// <param name="settings">The stack's settings.</param>
    /// <param name="progress">Where it stands.</param>
    /// <param name="now">The time.</param>
    public static NextSteps Of(SystemDeclaration system, StackSettings settings, MigrationProgress progress, DateTimeOffset now)
    {
        if (progress.To is not { } to) return new([]);
        var known = Errors(system, settings);
        var steps =
            from component in InOrder(progress.Components)
            // A name follows what it leads to, and has a step of its own only where somebody wants it to differ.
            where component.Next.Count > 0 && (!component.IsName || component.State is not null)
            let step = component.Next[0]
            let taken = With(settings, to, component.Component.Name, new(step.State, now))
            let obstacles = step.NotBefore > now
                ? [$"not before {ProgressText.Time(step.NotBefore.Value)}"]
                : Errors(system, taken).Except(known).ToList()
            select new PossibleStep(component, step, obstacles);
        return new([.. steps]);
    }

    // What needs nothing first, then what needs only that; where traffic enters, and the names that lead there, last.
    private static IEnumerable<ComponentProgress> InOrder(IReadOnlyList<ComponentProgress> components)
    {
        var moving = components.Select(component => component.Component).ToHashSet();
        var levels = new Dictionary<Component, int>();
        return components
            .OrderBy(component => component.IsName ? 2 : component.Component.Kind.IsEntrance ? 1 : 0)
            .ThenBy(component => Level(component.Component));

        int Level(Component component)
        {
            if (levels.TryGetValue(component, out var level)) return level;

            // Those that need each other in a circle are as far as each other.
            levels[component] = 0;
            var needs = component.References.Concat(component is Consumer consumer ? consumer.Links.Select(link => link.Target) : []);
            return levels[component] = needs
                .Where(needed => needed != component && moving.Contains(needed) && !needed.Kind.IsEntrance)
                .Select(needed => 1 + Level(needed))
                .DefaultIfEmpty(0)
                .Max();
        }
    }

    private static StackSettings With(StackSettings settings, Cloud to, string component, MigrationEntry entry)
    {
        var record = settings.Migration ?? new() { To = to };
        var history = record.Components.GetValueOrDefault(component);
        var components = record.Components.ToDictionary();
        components[component] = new([.. history?.History ?? [], entry]);
        return settings with { Migration = record with { Components = components } };
    }

    private static IReadOnlyList<string> Errors(SystemDeclaration system, StackSettings settings) =>
    [
        .. PreparedStack.Of(system, settings).Findings.All
            .Where(finding => finding.Severity == Severity.Error)
            .Select(Report.Text),
    ];
}

/// <summary>The next step of a component.</summary>
/// <param name="Component">Where the component stands.</param>
/// <param name="Step">The step.</param>
/// <param name="Obstacles">What stands in the way, a sentence each; none where it can be taken.</param>
internal sealed record PossibleStep(ComponentProgress Component, ForeseenStep Step, IReadOnlyList<string> Obstacles);

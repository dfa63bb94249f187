using Infra.Components.Clouds;
using Infra.Components.Composition;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Migrations;

/// <summary>Why components cannot be parted.</summary>
/// <param name="Components">Their names, in the order of their declaration.</param>
/// <param name="Reason">Why, as a sentence.</param>
internal sealed record Inseparable(IReadOnlyList<string> Components, string Reason);

/// <summary>A component that does not move.</summary>
/// <param name="Component">Its name.</param>
/// <param name="Cloud">Where it stands.</param>
/// <param name="Reason">Why it stays, as a sentence.</param>
internal sealed record Staying(string Component, string Cloud, string Reason);

/// <summary>
/// What moves from one cloud to another, what must come first, and what cannot be parted. Links reach across clouds, so that who uses what
/// need not move together: that a store is written by several services parts none of them, since its own pause stops them all.
/// </summary>
internal sealed class MoveGraph
{
    private readonly Dictionary<Component, HashSet<Component>> _needs = new();
    private readonly Dictionary<Component, HashSet<Component>> _bound = new();
    private readonly List<Inseparable> _inseparable = [];
    private readonly ILookup<Component, Component> _along;

    private MoveGraph(Blueprint blueprint, Cloud from, Cloud to)
    {
        (Blueprint, From, To) = (blueprint, from, to);
        var implied = blueprint.Implied.ToHashSet();
        var moving = new List<Component>();
        var along = new List<Component>();
        var staying = new List<Staying>();
        foreach (var component in blueprint.Standings.Select(standing => standing.Component).Distinct())
        {
            if (implied.Contains(component) || component.Kind.FollowsConsumers) continue;
            if (WhyStays(component) is { } reason) staying.Add(new(component.Name, blueprint.CloudOf(component).Name(), reason));
            else if (IsAlong(component)) along.Add(component);
            else moving.Add(component);
        }

        staying.AddRange(blueprint.Model.Components
            .Where(component => component.Kind.FollowsConsumers && !implied.Contains(component))
            .Select(component => new Staying(
                component.Name,
                "outside",
                "It exists outside of every cloud: consumers on either one reach it, once it admits their addresses.")));
        (Moving, Stays) = (moving, staying);
        _along = along.ToLookup(RootOf);
        foreach (var component in moving) (_needs[component], _bound[component]) = ([], []);
        Connect();
    }

    /// <summary>The resolved system.</summary>
    public Blueprint Blueprint { get; }

    /// <summary>The cloud that is left.</summary>
    public Cloud From { get; }

    /// <summary>The cloud that is gone to.</summary>
    public Cloud To { get; }

    /// <summary>What moves by itself, in the order of its declaration.</summary>
    public IReadOnlyList<Component> Moving { get; }

    /// <summary>What moves, each followed by what goes along with it.</summary>
    public IEnumerable<Component> Everything => Moving.SelectMany(component => AlongWith(component).Prepend(component));

    /// <summary>What does not.</summary>
    public IReadOnlyList<Staying> Stays { get; }

    /// <summary>What cannot be parted, and why.</summary>
    public IReadOnlyList<Inseparable> Inseparable => _inseparable;

    /// <summary>The graph of a system that goes from its cloud to another one.</summary>
    public static MoveGraph Of(Blueprint blueprint, Cloud to) => new(blueprint, blueprint.Settings.Cloud, to);

    /// <summary>Whether traffic enters by it: names in a zone lead to it.</summary>
    public static bool IsEdge(Component component) => component.Kind.IsEntrance;

    /// <summary>
    /// What goes along with a component, without a state of its own: its parts, and what exists for those that refer to it.
    /// </summary>
    public IEnumerable<Component> AlongWith(Component component) => _along[component];

    /// <summary>What moves that a component needs at run time.</summary>
    public IEnumerable<Component> NeedsOf(Component component) => _needs[component];

    /// <summary>What cannot be parted from a component.</summary>
    public IEnumerable<Component> BoundTo(Component component) => _bound[component];

    /// <summary>
    /// The entrances that refer to a component: each copy of them leads to the copy beside it, which is kept for as long as that one.
    /// </summary>
    public IEnumerable<Component> EntrancesOf(Component component) => Moving
        .Where(entrance => IsEdge(entrance) && !IsEdge(component))
        .Where(entrance => entrance.References.Any(reference => RootOf(reference) == component));

    /// <summary>The load balancers that move.</summary>
    public IEnumerable<LoadBalancer> Balancers => Moving.OfType<LoadBalancer>();

    // A part stands where the whole does, unless it is placed itself.
    private bool IsAlong(Component component) =>
        component.Kind.FollowsReferrers
        || (component.StandsOn is not null && !Blueprint.Settings.Placement.ContainsKey(component.Name));

    private Component RootOf(Component component)
    {
        if (component.Kind.FollowsReferrers)
            return Blueprint.Model.Components.FirstOrDefault(other => other.References.Contains(component)) ?? component;
        var root = component;
        while (root.StandsOn is { } server && !Blueprint.Settings.Placement.ContainsKey(root.Name)) root = server;
        return root;
    }

    private string? WhyStays(Component component)
    {
        var cloud = Blueprint.CloudOf(component);
        if (component.Kind.Stage == BuildStage.Zone)
        {
            return cloud == To
                ? "It is there already."
                : $"A zone keeps its cloud: set infra:placement.{component.Name} to {cloud.Name()} before infra:cloud changes.";
        }

        if (component is DnsRecord record)
        {
            return $"It is written into the zone '{record.Args.Zone.Name}', and leads to whichever copy serves"
                + $"{(Blueprint.Settings.Placement.ContainsKey(component.Name) ? "" : $": set infra:placement.{component.Name} with it")}.";
        }

        if (cloud == To) return "It is there already.";
        return cloud == From && !IsPlaced(component) ? null : $"infra:placement names {cloud.Name()} for it.";
    }

    private bool IsPlaced(Component component)
    {
        for (var part = component; part is not null; part = part.StandsOn)
        {
            if (Blueprint.Settings.Placement.ContainsKey(part.Name)) return true;
        }

        return false;
    }

    private void Connect()
    {
        foreach (var component in Moving)
        {
            foreach (var part in AlongWith(component).Prepend(component))
            {
                foreach (var reference in part.References.Select(RootOf).Where(reference => IsEdge(component) == IsEdge(reference)))
                    Need(component, reference);
            }

            if (component is not Consumer consumer) continue;
            foreach (var link in consumer.Links) Connect(consumer, link.Target);
        }

        foreach (var cycle in StrongComponents.Of(Moving, NeedsOf).Where(cycle => cycle.Count > 1))
            Bind(cycle, "They use each other in a circle, so that none of them comes first.");
    }

    // That traffic enters somewhere is known by name: whoever is linked to an entrance waits for nothing there.
    private void Connect(Consumer consumer, Component target)
    {
        var server = RootOf(target);
        if (server == consumer || !_needs.ContainsKey(server) || IsEdge(server)) return;
        Need(consumer, server);
        if (target.Kind.IntentsOn(target).Count == 0) return;
        if (new[] { From, To }.All(cloud => CloudIndex.Of(cloud).ReachOf(target) != Reach.None)) return;
        Bind([consumer, server], $"'{consumer.Name}' uses '{target.Name}', which no other cloud reaches.");
    }

    private void Need(Component component, Component needed)
    {
        if (component != needed && _needs.ContainsKey(needed)) _needs[component].Add(needed);
    }

    private void Bind(IReadOnlyList<Component> together, string reason)
    {
        foreach (var component in together) _bound[component].UnionWith(together.Where(other => other != component));
        _inseparable.Add(new([.. together.Select(component => component.Name)], reason));
    }
}

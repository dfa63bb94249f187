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

    private MoveGraph(Blueprint blueprint, Cloud from, Cloud to)
    {
        (Blueprint, From, To) = (blueprint, from, to);
        var implied = blueprint.Implied.ToHashSet();
        var moving = new List<Component>();
        var staying = new List<Staying>();
        foreach (var component in blueprint.Standings.Select(standing => standing.Component).Distinct())
        {
            if (implied.Contains(component) || component.Kind.FollowsConsumers) continue;
            if (WhyStays(component) is { } reason) staying.Add(new(component.Name, blueprint.CloudOf(component).Name(), reason));
            else moving.Add(component);
        }

        staying.AddRange(blueprint.Model.Components
            .Where(component => component.Kind.FollowsConsumers && !implied.Contains(component))
            .Select(component => new Staying(
                component.Name,
                "outside",
                "It exists outside of every cloud: consumers on either one reach it, once it admits their addresses.")));
        (Moving, Stays) = (moving, staying);
        foreach (var component in moving) (_needs[component], _bound[component]) = ([], []);
        Connect();
        Inseparable = Names(_inseparable);
    }

    /// <summary>The resolved system.</summary>
    public Blueprint Blueprint { get; }

    /// <summary>The cloud that is left.</summary>
    public Cloud From { get; }

    /// <summary>The cloud that is gone to.</summary>
    public Cloud To { get; }

    /// <summary>What moves, in the order of its declaration.</summary>
    public IReadOnlyList<Component> Moving { get; }

    /// <summary>What does not.</summary>
    public IReadOnlyList<Staying> Stays { get; }

    /// <summary>What cannot be parted, and why.</summary>
    public IReadOnlyList<Inseparable> Inseparable { get; }

    /// <summary>The graph of a system that goes from its cloud to another one.</summary>
    public static MoveGraph Of(Blueprint blueprint, Cloud to) => new(blueprint, blueprint.Settings.Cloud, to);

    /// <summary>Whether traffic enters there, or is proved for it: it stands on both clouds as long as anything moves.</summary>
    public static bool IsEdge(Component component) =>
        component.Kind.Stage is BuildStage.Certificate or BuildStage.Edge or BuildStage.Record;

    /// <summary>What moves that a component needs at run time.</summary>
    public IEnumerable<Component> NeedsOf(Component component) => _needs[component];

    /// <summary>What cannot be parted from a component.</summary>
    public IEnumerable<Component> BoundTo(Component component) => _bound[component];

    /// <summary>The hosts and ports by which traffic reaches a component; none where there is no way to it from outside.</summary>
    public IReadOnlyList<string> EntrancesOf(Component component) =>
    [
        .. from balancer in Balancers
           from entrance in Entrances(balancer)
           where entrance.Service == component
           select entrance.Name,
    ];

    /// <summary>The load balancers that move.</summary>
    public IEnumerable<LoadBalancer> Balancers => Moving.OfType<LoadBalancer>();

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
            if (component.StandsOn is { } server)
                Bind([component, server], $"'{component.Name}' is a part of '{server.Name}'.");
            if (component is Consumer consumer)
            {
                foreach (var link in consumer.Links.Where(link => link.Target != component)) Connect(consumer, link.Target);
            }

            foreach (var reference in component.References.Where(_needs.ContainsKey))
            {
                if (IsEdge(component) == IsEdge(reference)) Need(component, reference);
                if (IsEdge(component) && IsEdge(reference))
                    Bind([component, reference], $"'{component.Name}' serves with, or leads to, '{reference.Name}' on its own cloud.");
            }
        }

        foreach (var balancer in Balancers)
        {
            foreach (var host in Entrances(balancer).GroupBy(entrance => entrance.Host))
            {
                var services = host.Select(entrance => entrance.Service).Distinct().Where(_needs.ContainsKey).ToList();
                Bind(services, host.Key is { } name
                    ? $"'{balancer.Name}' leads {name} to each of them, and a name leads to one cloud at a time."
                    : $"'{balancer.Name}' leads to each of them whatever the name, and a name leads to one cloud at a time.");
            }
        }

        foreach (var cycle in StrongComponents.Of(Moving, NeedsOf).Where(cycle => cycle.Count > 1 && !AreBound(cycle)))
            Bind(cycle, "They use each other in a circle, so that none of them comes first.");
    }

    // That traffic enters somewhere is known by name: whoever is linked to an entrance waits for nothing there.
    private void Connect(Consumer consumer, Component target)
    {
        if (!_needs.ContainsKey(target) || IsEdge(target)) return;
        Need(consumer, target);
        if (target.Kind.IntentsOn(target).Count == 0) return;
        if (new[] { From, To }.All(cloud => CloudIndex.Of(cloud).ReachOf(target) != Reach.None)) return;
        Bind([consumer, target], $"'{consumer.Name}' uses '{target.Name}', which no other cloud reaches.");
    }

    private void Need(Component component, Component needed) => _needs[component].Add(needed);

    private void Bind(IReadOnlyList<Component> components, string reason)
    {
        var together = components.Where(_bound.ContainsKey).Distinct().ToList();
        if (together.Count < 2) return;
        foreach (var component in together) _bound[component].UnionWith(together.Where(other => other != component));
        _inseparable.Add(new([.. together.Select(component => component.Name)], reason));
    }

    private bool AreBound(IReadOnlyList<Component> components)
    {
        var reached = new HashSet<Component>();
        var waiting = new Stack<Component>([components[0]]);
        while (waiting.TryPop(out var next))
        {
            if (!reached.Add(next)) continue;
            foreach (var other in _bound[next]) waiting.Push(other);
        }

        return components.All(reached.Contains);
    }

    private static IReadOnlyList<Inseparable> Names(IEnumerable<Inseparable> all) =>
        [.. all.DistinctBy(one => string.Join(' ', one.Components) + one.Reason)];

    // A port without a name is found under every name of its load balancer.
    private static IEnumerable<(Component Service, string? Host, string Name)> Entrances(LoadBalancer balancer)
    {
        var args = balancer.Args;
        var open = args.Listeners.Any(listener => args.NameOf(listener) is null);
        foreach (var route in args.FullRoutes)
            yield return (route.Service, open || !args.HasName ? null : route.Host, args.HasName ? route.Host : balancer.Name);
        foreach (var listener in args.Listeners)
        {
            var host = args.NameOf(listener);
            yield return (listener.Service, open ? null : host, $"{host ?? balancer.Name}:{listener.Port}");
        }
    }
}

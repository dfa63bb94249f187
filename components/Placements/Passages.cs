using Infra.Components.Systems;

namespace Infra.Components.Placements;

/// <summary>
/// Who of a system is on the way to another cloud. What the record names goes by its own history; what is a part of something else, or
/// exists for those that refer to it, goes along with them; whatever else stays.
/// </summary>
internal sealed class Passages
{
    private const int All = 100;

    private readonly StackSettings _settings;
    private readonly ILookup<Component, Component> _referrers;
    private readonly Dictionary<Component, Passage?> _known = [];

    /// <summary>Looks at a system.</summary>
    /// <param name="model">The system, resolved.</param>
    /// <param name="settings">The stack's settings.</param>
    public Passages(Model model, StackSettings settings)
    {
        _settings = settings;
        _referrers = model.Components
            .SelectMany(component => component.References.Distinct().Select(reference => (Reference: reference, component)))
            .ToLookup(pair => pair.Reference, pair => pair.component);
    }

    /// <summary>The cloud on which a component is placed, whatever is on the way.</summary>
    public Cloud PlaceOf(Component component) =>
        _settings.Placement.TryGetValue(component.Name, out var cloud) ? cloud
        : component.StandsOn is { } server ? PlaceOf(server)
        : _settings.Cloud;

    /// <summary>A component's way; null for one that stays where it is.</summary>
    public Passage? Of(Component component)
    {
        if (_settings.Migration is null || component.Kind.FollowsConsumers) return null;
        if (component.Kind.Stage is BuildStage.Foundation or BuildStage.Zone or BuildStage.Record) return null;
        if (_known.TryGetValue(component, out var known)) return known;

        // A system that refers to itself in a circle is told so elsewhere.
        _known[component] = null;
        var passage = Find(component);
        if (passage?.From == passage?.To) passage = null;
        return _known[component] = passage;
    }

    /// <summary>
    /// How the traffic of a name is shared between the copies of what it leads to; null where that has one copy. A record may be ahead of
    /// what it leads to, or behind: then its own history tells.
    /// </summary>
    /// <param name="record">The component whose name it is.</param>
    /// <param name="entrance">What it leads to.</param>
    public TrafficShare? ShareOf(Component record, Component entrance)
    {
        if (Of(entrance) is not { State: < MigrationState.Retired } passage) return null;
        var percent = HistoryOf(record)?.Last is { State: MigrationState.Activated } own ? own.Percent ?? All : passage.Percent;
        return new(passage.From, passage.To, percent);
    }

    /// <summary>What happened to a component by its own history; null for one that the record does not name.</summary>
    public ComponentMigration? HistoryOf(Component component) =>
        _settings.Migration?.Components.GetValueOrDefault(component.Name) is { History.Count: > 0 } history ? history : null;

    /// <summary>
    /// The way in which a component's data moves: the one that the stack file names, or the first of its kind's; null where there is
    /// nothing to move, or the stack file names one that there is not.
    /// </summary>
    public MoveWay? WayOf(Component component)
    {
        if (Of(component) is not { } passage) return null;
        var ways = component.Kind.WaysToMove(component, passage.From, passage.To);
        return _settings.Migration!.Ways.GetValueOrDefault(component.Name) is { } named
            ? ways.FirstOrDefault(way => way.Name == named)
            : ways is [var usual, ..] ? usual : null;
    }

    /// <summary>What has to be known to move a component's data; null where there is nothing to move.</summary>
    public Move? MoveOf(Component component, Model model) =>
        Of(component) is { } passage && WayOf(component) is { } way
            ? new(component, passage.State, passage.From, passage.To, way, model)
            {
                QuietSeconds = WritersOf(component, model).Select(writer => writer.MostStopSeconds).DefaultIfEmpty(0).Max(),
            }
            : null;

    /// <summary>Whoever writes to a component, or to a part of it.</summary>
    public static IEnumerable<Consumer> WritersOf(Component component, Model model) => model.Links
        .Where(link => link.Consumer is not IMover && link.Intent is Intent.Write or Intent.Publish)
        .Where(link => link.Target == component || link.Target.StandsOn == component)
        .Select(link => link.Consumer)
        .Distinct();

    private Passage? Find(Component component)
    {
        var (from, to) = (PlaceOf(component), _settings.Migration!.To);
        if (HistoryOf(component) is { Last: var last })
            return new(last.State, from, to, last.State < MigrationState.Activated ? 0 : last.Percent ?? All);
        if (component is IMover) return null;
        if (component.StandsOn is { } server && !_settings.Placement.ContainsKey(component.Name)) return Of(server);
        return component.Kind.FollowsReferrers ? Along(_referrers[component]) : null;
    }

    // It stands wherever one of those stands that refer to it, until the last of them has gone.
    private Passage? Along(IEnumerable<Component> referrers)
    {
        var passages = referrers.Select(Of).ToList();
        var moving = passages.OfType<Passage>().ToList();
        if (moving.Count == 0) return null;
        var behind = moving.MinBy(passage => (passage.State, passage.Percent))!;
        return moving.Count == passages.Count ? behind : behind with { State = MigrationState.Migrated, Percent = 0 };
    }
}

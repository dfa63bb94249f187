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
        if (passage is { IsFromOutside: false } && passage.From == passage.To) passage = null;
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
    /// The way in which a component's data moves, or would once it sets out: the one that the stack file names, or the first of its kind's;
    /// null where there is nothing to move, or the stack file names one that there is not.
    /// </summary>
    public MoveWay? WayOf(Component component)
    {
        var ways = WaysOf(component);
        return _settings.Migration!.Ways.GetValueOrDefault(component.Name) is { } named
            ? ways.FirstOrDefault(way => way.Name == named)
            : ways is [var usual, ..] ? usual : null;
    }

    /// <summary>The ways in which a component's data can move from where it is to where the record goes; none where it is there.</summary>
    public IReadOnlyList<MoveWay> WaysOf(Component component)
    {
        if (SourceOf(component) is not null) return component.Kind.WaysFromOutside(component);
        var (from, to) = (PlaceOf(component), _settings.Migration!.To);
        return from == to ? [] : component.Kind.WaysToMove(component, from, to);
    }

    /// <summary>What outside of the stack a component is filled from, as the record says; null where it says nothing.</summary>
    public MigrationSource? SourceOf(Component component) => _settings.Migration?.Sources.GetValueOrDefault(component.Name);

    /// <summary>What has to be known to move a component's data; null where there is nothing to move.</summary>
    public Move? MoveOf(Component component, Model model) =>
        Of(component) is { } passage && WayOf(component) is { } way && OutsideOf(component, model) is var outside
            && (outside is not null || !passage.IsFromOutside)
            ? new(component, passage.State, passage.From, passage.To, way, model)
            {
                QuietSeconds = WritersOf(component, model).Select(writer => writer.MostStopSeconds).DefaultIfEmpty(0).Max(),
                Outside = outside,
            }
            : null;

    // Where the stack file names what there is not, findings say so.
    private OutsideCopy? OutsideOf(Component component, Model model)
    {
        if (SourceOf(component) is not { } source) return null;
        var external = model.Components.FirstOrDefault(other => other.Name == source.External && other is IOutside);
        var password = model.Components.FirstOrDefault(other => other.Name == source.Password && other.Kind.IsSecretValue);
        return external is null || password is null ? null : new(source, external, password);
    }

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
        {
            return new(last.State, from, to, last.State < MigrationState.Activated ? 0 : last.Percent ?? All)
            {
                IsFromOutside = SourceOf(component) is not null,
            };
        }

        if (component is IMover) return null;
        if (component.StandsOn is { } server && !_settings.Placement.ContainsKey(component.Name)) return Own(Of(server));
        return component.Kind.FollowsReferrers ? Along(_referrers[component]) : null;
    }

    // Whoever goes along goes from one cloud to another: what fills something from outside fills nothing else.
    private static Passage? Own(Passage? passage) => passage is { IsFromOutside: true } ? null : passage;

    // It stands wherever one of those stands that refer to it, until the last of them has gone.
    private Passage? Along(IEnumerable<Component> referrers)
    {
        var passages = referrers.Select(referrer => Own(Of(referrer))).ToList();
        var moving = passages.OfType<Passage>().ToList();
        if (moving.Count == 0) return null;
        var behind = moving.MinBy(passage => (passage.State, passage.Percent))!;
        return moving.Count == passages.Count ? behind : behind with { State = MigrationState.Migrated, Percent = 0 };
    }
}

using Infra.Components.Systems;

namespace Infra.Components.Placements;

/// <summary>What clouds build from: the resolved system, and which copies of its components stand where.</summary>
public sealed class Blueprint
{
    private readonly ILookup<Component, Standing> _standings;
    private readonly Dictionary<Cloud, IReadOnlyList<Standing>> _byCloud;
    private readonly ILookup<Standing, StandingLink> _linksOf;
    private readonly ILookup<Standing, StandingLink> _linksTo;

    /// <summary>Puts a blueprint together.</summary>
    /// <param name="model">The resolved system.</param>
    /// <param name="settings">The stack's settings.</param>
    /// <param name="standings">Every copy of every component that is placed.</param>
    /// <param name="serving">Which copy of a target a consumer's copy uses; null for the one that serves.</param>
    internal Blueprint(
        Model model,
        StackSettings settings,
        IReadOnlyList<Standing> standings,
        Func<Standing, Link, IReadOnlyList<Standing>, Standing>? serving = null)
    {
        Model = model;
        Settings = settings;
        var profile = EnvironmentProfile.Of(settings.Environment);
        Profile = profile with { Protect = profile.Protect && settings.Protected };
        Standings = standings;
        _standings = standings.ToLookup(standing => standing.Component);
        Clouds = [.. CloudNames.All.Where(cloud => standings.Any(standing => standing.Cloud == cloud))];

        // What is declared for every cloud needs one to be on.
        if (Clouds.Count == 0 && model.Components.Count > 0) Clouds = [settings.Cloud];
        _byCloud = standings
            .GroupBy(standing => standing.Cloud)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<Standing>)[.. group]);

        var links = (
            from consumer in standings
            where consumer.Component is Consumer
            from link in ((Consumer)consumer.Component).Links
            let copies = _standings[link.Target].ToList()
            where copies.Count > 0
            let chosen = consumer.Component is IMover ? null : serving?.Invoke(consumer, link, copies)
            select new StandingLink(consumer, chosen ?? Used(copies, consumer, link), link)).ToList();
        Links = links;
        _linksOf = links.ToLookup(link => link.Consumer);
        _linksTo = links.ToLookup(link => link.Target);
    }

    /// <summary>The resolved system.</summary>
    public Model Model { get; }

    /// <summary>What of the resolved system nobody declared, because a system has it without being told.</summary>
    public IReadOnlyList<Component> Implied { get; init; } = [];

    /// <summary>The stack's settings.</summary>
    public StackSettings Settings { get; }

    /// <summary>The environment's profile.</summary>
    public EnvironmentProfile Profile { get; }

    /// <summary>Every copy of every component that is placed, in the order of their declaration.</summary>
    public IReadOnlyList<Standing> Standings { get; }

    /// <summary>Every link, between the copies that it connects.</summary>
    public IReadOnlyList<StandingLink> Links { get; }

    /// <summary>The clouds on which something stands.</summary>
    public IReadOnlyList<Cloud> Clouds { get; }

    /// <summary>
    /// The cloud on which the copy of a component stands that serves. Foundation components follow: they stand on every cloud of
    /// <see cref="Clouds"/>.
    /// </summary>
    public Cloud CloudOf(Component component) => Serving([.. _standings[component]]).Cloud;

    /// <summary>
    /// Whether a copy of a consumer must not work: it is released; it would do what the copy that serves does already, or keep callers from
    /// it; or it writes to a store that is brought up to date for the last time, and nobody may; or it uses one that is still filled from
    /// outside.
    /// </summary>
    public bool IsIdle(Standing standing)
    {
        if (standing.Component is not Consumer consumer || consumer is IMover) return false;
        if (LinksOf(standing).Any(link => link.Intent is Intent.Write or Intent.Publish && IsPaused(link.Target))) return true;
        if (LinksOf(standing).Any(link => IsAwaited(link.Target))) return true;
        return standing switch
        {
            { Passage: null } or { State: StandingState.Active } => false,
            { IsLeft: true, Passage.State: >= MigrationState.Released } => true,
            { IsLeft: true } when consumer.KeepsCallers => !IsEntered(standing),
            _ => consumer.WorksUnasked
                && !LinksOf(standing).Any(link => Drains([.. _standings[link.Target.Component]], standing, link.Declared)),
        };
    }

    // By what leads there from outside, as long as a part of the traffic goes that way.
    private bool IsEntered(Standing standing) => On(standing.Cloud).Any(edge =>
        edge.Kind.Stage == BuildStage.Edge
        && edge is { State: StandingState.Active } or { Passage: { State: MigrationState.Activated, Percent: < 100 } }
        && edge.Component.References.Contains(standing.Component));

    /// <summary>Whether a store is brought up to date for the last time, or is a part of one that is.</summary>
    public static bool IsPaused(Standing target) => target.Passage is { State: MigrationState.Paused };

    // What comes from outside is not there yet, and what others made meanwhile would be in its way.
    private bool IsAwaited(Standing target) =>
        Settings.Migration?.Sources.ContainsKey(target.Name) == true && target.Passage is null or { HasArrived: false };

    /// <summary>The copies of a component.</summary>
    public IEnumerable<Standing> CopiesOf(Component component) => _standings[component];

    /// <summary>The copy of a component on a cloud; null when it has none there.</summary>
    public Standing? Find(Component component, Cloud cloud) => _standings[component].FirstOrDefault(standing => standing.Cloud == cloud);

    /// <summary>What stands on a cloud, in the order of its declaration.</summary>
    public IReadOnlyList<Standing> On(Cloud cloud) => _byCloud.TryGetValue(cloud, out var standings) ? standings : [];

    /// <summary>The components of a class that have a copy on a cloud, in the order of their declaration.</summary>
    public IEnumerable<T> On<T>(Cloud cloud)
        where T : Component => On(cloud).Select(standing => standing.Component).OfType<T>();

    /// <summary>What a consumer's copy uses, in the order of its declaration.</summary>
    public IEnumerable<StandingLink> LinksOf(Standing consumer) => _linksOf[consumer];

    /// <summary>Who uses a copy of a target, with which intent.</summary>
    public IEnumerable<StandingLink> LinksTo(Standing target) => _linksTo[target];

    /// <summary>Who uses a component's copy on a cloud.</summary>
    public IEnumerable<StandingLink> LinksTo(Component target, Cloud cloud) =>
        Find(target, cloud) is { } standing ? _linksTo[standing] : [];

    /// <summary>
    /// The links from consumers on other clouds to targets on this one, in the order of the targets' declarations, but for those that open
    /// nothing.
    /// </summary>
    public IEnumerable<StandingLink> LinksInto(Cloud cloud) => On(cloud).SelectMany(LinksTo).Where(Opens);

    /// <summary>
    /// The links from consumers on a cloud to targets on others, in the order of the consumers' declarations, but for those that open
    /// nothing.
    /// </summary>
    public IEnumerable<StandingLink> LinksOutOf(Cloud cloud) => On(cloud).SelectMany(LinksOf).Where(Opens);

    /// <summary>The region by which a cloud knows the stack's place, or the one that the stack file names.</summary>
    public string RegionOn(Cloud cloud) =>
        Settings.Regions.TryGetValue(cloud, out var region) ? region : Settings.Location.RegionOn(cloud) ?? "";

    /// <summary>The tags of a component: who it belongs to, and how sensitive its data is.</summary>
    public IReadOnlyDictionary<string, string> Tags(string component, DataClass dataClass) =>
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["component"] = component,
            ["data-class"] = dataClass.ToString().ToLowerInvariant(),
            ["environment"] = Profile.Name,
            ["owner"] = Settings.Owner,
            ["stack"] = Settings.Stack,
            ["system"] = Settings.System,
        };

    private static bool Opens(StandingLink link) =>
        link.CrossesClouds && link.Target.Kind.ReachOf(link.Target.Component) != Reach.Carried;

    // What stands wherever its consumers do serves each where that one stands; what carries data knows both copies; and who took messages
    // from a queue that has moved goes on until the old one is empty. Everyone else uses the one that serves, across clouds if need be.
    private static Standing Used(IReadOnlyList<Standing> copies, Standing consumer, Link link)
    {
        if (copies[0].Kind.FollowsConsumers) return copies.FirstOrDefault(copy => copy.Cloud == consumer.Cloud) ?? copies[0];
        if (consumer.Component is IMover mover && mover.Moved == link.Target && copies.Count > 1)
            return copies.First(copy => copy.IsLeft == ((link.Intent is Intent.Read or Intent.Consume) != mover.Returns));
        if (Drains(copies, consumer, link)) return copies.First(copy => copy.IsLeft);
        return Serving(copies);
    }

    private static bool Drains(IReadOnlyList<Standing> copies, Standing consumer, Link link) =>
        link.Intent == Intent.Consume
        && consumer is { IsLeft: true, Passage.State: MigrationState.Activated }
        && copies.Any(copy => copy is { IsLeft: true, Passage.State: MigrationState.Activated });

    private static Standing Serving(IReadOnlyList<Standing> copies) =>
        copies.FirstOrDefault(copy => copy.State == StandingState.Active) ?? copies[0];
}

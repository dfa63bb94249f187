using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds;

/// <summary>What the clouds of a stack share while it is built.</summary>
/// <param name="findings">Where it is told what shows only while it is built.</param>
internal sealed class BuildProgress(Findings findings)
{
    /// <summary>Where it is told what shows only while it is built.</summary>
    public Findings Findings => findings;

    /// <summary>The providers of random values and certificates.</summary>
    public ValueProviders Values { get; } = new();

    /// <summary>How each link is followed that crosses clouds.</summary>
    public Dictionary<StandingLink, CrossCloudTarget> CrossCloud { get; } = [];

    /// <summary>What was built for each copy of a component.</summary>
    public Dictionary<Standing, PlacedComponent> Built { get; } = [];

    /// <summary>The runs of what runs once.</summary>
    public Dictionary<Standing, Resource> Runs { get; } = [];
}

/// <summary>A stack's part on one cloud: what every component there needs to know, and what has been built so far.</summary>
/// <param name="cloud">The cloud.</param>
/// <param name="blueprint">The stack's blueprint.</param>
/// <param name="provider">The cloud's one provider, explicit.</param>
/// <param name="progress">What all clouds of the stack share.</param>
internal abstract class CloudContext(ICloud cloud, Blueprint blueprint, ProviderResource provider, BuildProgress progress)
{
    private readonly Dictionary<Component, List<PlacedComponent>> _built = [];
    private readonly Dictionary<Component, PlacedComponent> _begun = [];
    private readonly List<PlacedComponent> _foundation = [];

    /// <summary>The cloud.</summary>
    public Cloud Cloud => cloud.Cloud;

    /// <summary>The stack's blueprint.</summary>
    public Blueprint Blueprint => blueprint;

    /// <summary>The cloud's one provider, explicit.</summary>
    public ProviderResource Provider => provider;

    /// <summary>What all clouds of the stack share.</summary>
    public BuildProgress Progress => progress;

    /// <summary>The providers of random values and certificates.</summary>
    public ValueProviders Values => progress.Values;

    /// <summary>The stack's name.</summary>
    public string Stack => blueprint.Settings.Stack;

    /// <summary>Whether the environment protects stores against deletion, those among them that serve.</summary>
    public bool Protect => blueprint.Profile.Protect;

    /// <summary>Whether a component here is protected against deletion.</summary>
    public bool Protects(Component declared) => Protect && blueprint.Find(declared, Cloud)?.IsProtected != false;

    /// <summary>Whether a consumer here must not work: a step of a migration stops it.</summary>
    public bool IsIdle(Consumer consumer) => blueprint.IsIdle(StandingOf(consumer));

    /// <summary>Whether something of a class that stands here is protected against deletion.</summary>
    public bool Protects<T>()
        where T : Component => Protect && blueprint.On(Cloud).Any(standing => standing.Component is T && standing.IsProtected);

    /// <summary>Whether users are served.</summary>
    public bool IsProduction => blueprint.Profile.IsProduction;

    /// <summary>The addresses from which consumers here reach the outside, each once; empty where the stack file does not say.</summary>
    public abstract IReadOnlyList<Output<string>> EgressAddresses { get; }

    /// <summary>The tags of what follows from components and is none itself.</summary>
    public virtual IReadOnlyDictionary<string, string> Tags(string component, DataClass dataClass = DataClass.Internal) =>
        blueprint.Tags(component, dataClass);

    /// <summary>What a declared component is placed with.</summary>
    public PlacedComponentArgs Place(Component declared)
    {
        var placement = Place(declared.Kind, declared.Name, declared.Arguments.DataClass);
        return blueprint.Find(declared, Cloud) is { } standing
            ? placement with { IsProtected = Protect && standing.IsProtected }
            : placement;
    }

    /// <summary>What is placed with what follows from components.</summary>
    public PlacedComponentArgs Place(ComponentKind kind, string name, DataClass dataClass = DataClass.Internal)
    {
        var offer = cloud.Find(kind)!.Offer;
        return new(kind, Cloud, name, offer.Backing, offer.Product, provider, Tags(name, dataClass), Protect && Keeps(kind));
    }

    /// <summary>Whether something that stands here needs a kind of foundation beside it.</summary>
    public bool Needs(ComponentKind kind) => cloud.Needs(kind, blueprint);

    /// <summary>The components of a class that stand here, in the order of their declaration.</summary>
    public IEnumerable<T> On<T>()
        where T : Component => blueprint.On<T>(Cloud);

    /// <summary>The links that lead to a component here.</summary>
    public IEnumerable<StandingLink> LinksTo(Component target) => blueprint.LinksTo(target, Cloud);

    /// <summary>The copy of a component that stands here.</summary>
    public Standing StandingOf(Component component) => blueprint.Find(component, Cloud)!;

    /// <summary>The part of the foundation of a class; null where nothing needs it.</summary>
    public T? Find<T>()
        where T : PlacedComponent => _foundation.OfType<T>().FirstOrDefault();

    /// <summary>The part of the foundation of a class, which something needs.</summary>
    public T Get<T>()
        where T : PlacedComponent =>
        Find<T>() ?? throw new InvalidOperationException($"{typeof(T).Name} is needed, and no provision says that it is needed beside it.");

    /// <summary>The copy here of what a copy is reached at; itself where it listens by itself.</summary>
    public Standing ServerOf(Standing target) =>
        target.Component.ReachedAt is { } server ? blueprint.Find(server, Cloud) ?? target : target;

    /// <summary>What was built for a component, by its class.</summary>
    public T Of<T>(Component declared)
        where T : class =>
        _built.TryGetValue(declared, out var built) && built.OfType<T>().FirstOrDefault() is { } found
            ? found
            : throw new InvalidOperationException($"'{declared.Name}' is needed as {typeof(T).Name} before it is built.");

    /// <summary>What was built for a component here or, where it has no copy here, for the copy of it that serves.</summary>
    /// <param name="declared">The component.</param>
    /// <param name="on">The cloud of the copy that is meant, where it matters.</param>
    public T Nearest<T>(Component declared, Cloud? on = null)
        where T : class
    {
        var cloud = on ?? (blueprint.Find(declared, Cloud) is null ? blueprint.CloudOf(declared) : Cloud);
        return cloud == Cloud
            ? Of<T>(declared)
            : progress.Built.GetValueOrDefault(blueprint.Find(declared, cloud)!) as T
                ?? throw new InvalidOperationException($"'{declared.Name}' is needed as {typeof(T).Name} before it is built.");
    }

    /// <summary>What was begun for a service or job, by its class.</summary>
    public T Begun<T>(Consumer declared)
        where T : PlacedComponent =>
        _begun.GetValueOrDefault(declared) as T
        ?? throw new InvalidOperationException($"'{declared.Name}' is built as {typeof(T).Name} before it is begun.");

    /// <summary>Everything of a class that was built for components so far, in the order of construction.</summary>
    public IEnumerable<T> All<T>()
        where T : class => _built.Values.SelectMany(built => built).OfType<T>();

    /// <summary>
    /// Everything that must have succeeded before a service or a job starts; and everyone who must have stopped, where it brings a store up
    /// to date for the last time.
    /// </summary>
    public IReadOnlyList<Resource> RunsBefore(Component consumer) =>
    [
        .. MustRunBefore.Of(blueprint, StandingOf(consumer)).Select(job => progress.Runs.GetValueOrDefault(job)).OfType<Resource>(),
        .. MustRunBefore.Stopped(blueprint, consumer).Select(writer => progress.Built.GetValueOrDefault(writer)).OfType<Resource>(),
    ];

    // A foundation lasts as long as something that is protected needs it: the first step on a new cloud can be undone, and the last one on
    // the old cloud can be taken. A relay goes with the consumers that it lets in, and what nobody names as a need with any that may go.
    private bool Keeps(ComponentKind kind)
    {
        if (kind.Stage != BuildStage.Foundation) return true;
        var here = blueprint.On(Cloud);
        if (here.Any(standing => standing.IsProtected && cloud.Needs(kind, standing.Component))) return true;
        return here.All(standing => standing.IsProtected || standing.Kind.FollowsConsumers)
            && (!cloud.IsRelay(kind) || blueprint.LinksInto(Cloud).All(link => IsSettled(link.Consumer) && IsSettled(link.Target)));

        static bool IsSettled(Standing standing) => standing.Passage is null or { State: MigrationState.Retired };
    }

    /// <summary>Keeps a part of the foundation, for whoever needs it.</summary>
    internal void Keep(PlacedComponent built) => _foundation.Add(built);

    /// <summary>Keeps what was begun for a service or job until it is built.</summary>
    internal void KeepBegun(Consumer declared, PlacedComponent begun) => _begun.Add(declared, begun);

    /// <summary>Keeps what was built for a component, for whoever needs it.</summary>
    internal void Keep(Component declared, PlacedComponent built)
    {
        if (!_built.TryGetValue(declared, out var list)) _built.Add(declared, list = []);
        list.Add(built);
        progress.Built[StandingOf(declared)] = built;
        if (built is IRunsOnce once) progress.Runs[StandingOf(declared)] = once.Run;
    }
}

/// <summary>A stack's part on a cloud with its class of grantees.</summary>
/// <param name="cloud">The cloud.</param>
/// <param name="blueprint">The stack's blueprint.</param>
/// <param name="provider">The cloud's one provider, explicit.</param>
/// <param name="progress">What all clouds of the stack share.</param>
internal abstract class CloudContext<TGrantee>(ICloud cloud, Blueprint blueprint, ProviderResource provider, BuildProgress progress)
    : CloudContext(cloud, blueprint, provider, progress)
    where TGrantee : IGrantee
{
    private readonly Dictionary<Component, ILinkTarget<TGrantee>> _targets = [];

    /// <summary>Keeps what links lead to. Services are targets before they are built, so that they may call each other.</summary>
    public void Target(Component declared, ILinkTarget<TGrantee> target) => _targets[declared] = target;

    /// <summary>What links lead to.</summary>
    public ILinkTarget<TGrantee> TargetOf(Standing target) => _targets[target.Component];

    /// <summary>Makes the links of a consumer here work: its grants become its own, and it learns what it must know.</summary>
    public void Connect(Consumer consumer, TGrantee grantee)
    {
        var connections = new Dictionary<StandingLink, Connection>();
        var reached = new HashSet<Standing>();
        foreach (var link in Blueprint.LinksOf(StandingOf(consumer)))
        {
            if (link.CrossesClouds && Progress.Built.GetValueOrDefault(link.Target) is ICarriedTarget carried)
            {
                connections.Add(link, carried.Carry(link));
            }
            else if (link.CrossesClouds)
            {
                // Where the other cloud could not let it in, that is reported there.
                if (!Progress.CrossCloud.TryGetValue(link, out var abroad)) continue;
                grantee.Leave(link, abroad);
                connections.Add(link, abroad.Connection);
            }
            else
            {
                var (target, server) = (TargetOf(link.Target), ServerOf(link.Target));
                if (reached.Add(server)) target.Admit(grantee, grantee.RoleOf(link with { Target = server }));
                connections.Add(link, target.Connect(grantee, link, relay: null));
            }
        }

        var values = new ContainerValues(connections, grantee.Members);
        grantee.Use(values.Of(consumer));
        grantee.Mount(FilesOf(consumer.Container.Files));
        foreach (var sidecar in consumer.Container.Sidecars)
            grantee.Equip(sidecar.Name, values.Of(sidecar), FilesOf(sidecar.Files));

        IReadOnlyList<ContainerValue> FilesOf(Files files) => values.FilesOf(consumer, files, Cloud, Progress.Findings);
    }

    /// <summary>
    /// Lets consumers of other clouds reach targets here: through the relay where they listen in the network, by a key alone elsewhere.
    /// </summary>
    /// <param name="sources">Where the consumers of each cloud come from.</param>
    /// <param name="context">What provisions of the cloud are told.</param>
    /// <param name="relays">The provision of relays.</param>
    /// <returns>The component that was built for it; null where nothing was needed.</returns>
    internal PlacedComponent? LetIn<TContext>(
        IReadOnlyDictionary<Cloud, EgressSource> sources,
        TContext context,
        RelayProvision<TContext, TGrantee> relays)
    {
        var links = Blueprint.LinksInto(Cloud)
            .Where(link => sources.ContainsKey(link.Consumer.Cloud))
            // A grant waits for those before it: by name rather than by declaration, as the ports below.
            .OrderBy(link => link.Consumer.Name, StringComparer.Ordinal)
            .ThenBy(link => link.Target.Name, StringComparer.Ordinal)
            .ToList();
        if (links.Count == 0) return null;
        var ports = links
            .Where(link => TargetOf(link.Target).Endpoint is not null)
            .GroupBy(link => link.Target)
            .SelectMany(group => PortsOf(group.Key, [.. group], [.. group.Select(link => sources[link.Consumer.Cloud]).Distinct()]))
            // By number rather than by declaration: reordering a system then changes nothing.
            .OrderBy(port => port.Number)
            .ToList();
        var relay = relays.Begin(ports, context);
        foreach (var port in ports)
        {
            relay.Admit(port);
            if (!port.IsFirst) continue;
            var others = ports.Where(other => other.Target == port.Target && !other.IsFirst).ToList();
            var numbers = others.ToDictionary(other => other.Protocol, other => other.Number);
            foreach (var link in port.Links)
            {
                var entrance = relay.EntranceOf(port) with { OtherPorts = numbers };
                var connection = port.Built.Connect(relay.GranteeOf(link), link, entrance);
                Progress.CrossCloud.Add(link, new(connection, relay.Addresses, [port.Number, .. numbers.Values]));
            }
        }

        foreach (var link in links.Where(link => TargetOf(link.Target).Endpoint is null))
            Progress.CrossCloud.Add(link, new(TargetOf(link.Target).Connect(relay.GranteeOf(link), link, relay: null)));
        relay.Complete();
        return relay.Component;
    }

    private IEnumerable<RelayPort<TGrantee>> PortsOf(
        Standing target,
        IReadOnlyList<StandingLink> links,
        IReadOnlyList<EgressSource> sources)
    {
        var built = TargetOf(target);
        return built.OtherEndpoints
            .Select(other => (Protocol: other.Key, Endpoint: other.Value))
            .Prepend((Protocol: "", Endpoint: built.Endpoint!))
            .Select(way => new RelayPort<TGrantee>(
                target,
                way.Protocol,
                RelayPorts.Of(Blueprint.Settings, RelayPorts.NameOf(target.Name, way.Protocol)),
                way.Endpoint,
                built,
                links,
                sources));
    }
}

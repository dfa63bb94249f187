using System.Globalization;
using Infra.Components.Composition;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Secrets;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Steps;

namespace Infra.Migrations;

/// <summary>Says of each wave what it needs, makes, copies and interrupts, in which steps it is taken, and how it is taken back.</summary>
internal sealed class WaveDrawing(
    MoveGraph graph,
    Plan target,
    IReadOnlyDictionary<string, MovedData> data,
    FigureBook figures,
    Func<Component, MoveRisk> risk)
{
    private const long Hour = 60 * 60;
    private const long Day = 24 * Hour;

    // Resolvers keep names for a day at most (a DnsRecord's TTL ends there), and some do longer than they are told.
    private const long KeptForNames = Day;

    // The shortest of the 7 to 30 days for which data is usually kept where it came from. Choice of this project.
    private const long KeptForData = 7 * Day;

    // How long traffic stays at a share before more of it moves. Choice of this project.
    private const long Hold = 4 * Hour;
    private static readonly int[] Shares = [5, 25, 50];

    private readonly StackSettings _settings = graph.Blueprint.Settings;
    private readonly HashSet<string> _counted = [];

    // What an entrance leads to is kept for as long as that is.
    private readonly HashSet<Component> _kept = [];
    private readonly HashSet<Component> _released = [];

    /// <summary>Draws the waves in their order.</summary>
    public IReadOnlyList<Wave> Draw(IReadOnlyList<PlannedWave> waves)
    {
        var moved = new HashSet<Component>();
        var drawn = new List<Wave>();
        foreach (var wave in waves)
        {
            moved.UnionWith(wave.Components.SelectMany(component => graph.AlongWith(component).Prepend(component)));
            drawn.Add(Draw(drawn.Count + 1, wave, moved, isLast: drawn.Count == waves.Count - 1));
        }

        return drawn;
    }

    private Wave Draw(int number, PlannedWave wave, HashSet<Component> moved, bool isLast)
    {
        var components = wave.Components;
        var along = components.SelectMany(graph.AlongWith).ToList();
        var isEdge = components.All(MoveGraph.IsEdge);
        var hosts = components.OfType<LoadBalancer>().SelectMany(HostsOf).Distinct().Order(StringComparer.Ordinal).ToList();
        var movedData = components.Concat(along).Select(component => data.GetValueOrDefault(component.Name)).OfType<MovedData>().ToList();
        var paused = components.Where(component => risk(component).Pauses).ToList();
        var writers = paused.SelectMany(store => Passages.WritersOf(store, graph.Blueprint.Model)).Distinct().ToList();
        var copy = Longest(movedData.Select(moving => moving.CopySeconds));
        var (pause, pauseFormulas) = paused.Count == 0 ? (0, []) : PauseOf(paused[0], movedData, writers);
        return new()
        {
            Number = number,
            Components = Names(components),
            Reason = wave.Reason,
            Risk = components.Sum(component => risk(component).Points),
            Along = Names(along),
            Hosts = hosts,
            Preparations = [.. PreparationsOf(number, [.. components, .. along], components)],
            Resources = ResourcesOf([.. components, .. along], number),
            Data = movedData,
            Writers = Names(writers),
            CopySeconds = copy,
            PauseSeconds = pause,
            Pause = pauseFormulas,
            Crossing = CrossingAfter(moved),
            Steps = [.. StepsOf(components, movedData, paused, writers, hosts, copy, isLast)],
            Rollback = [.. WaysBack(movedData, paused, isEdge)],
            Checks = [.. ChecksOf(components, movedData, paused, isEdge, pause)],
        };
    }

    private static IEnumerable<string> HostsOf(LoadBalancer balancer)
    {
        var args = balancer.Args;
        foreach (var route in args.FullRoutes) yield return args.HasName ? route.Host : balancer.Name;
        foreach (var redirect in args.FullRedirects) yield return redirect.Host;
        foreach (var listener in args.Listeners)
            yield return string.Create(CultureInfo.InvariantCulture, $"{args.NameOf(listener) ?? balancer.Name}:{listener.Port}");
    }

    private (long? Seconds, IReadOnlyList<UsedFormula> Formulas) PauseOf(
        Component store,
        IReadOnlyList<MovedData> moving,
        IReadOnlyList<Consumer> writers)
    {
        if (Longest(moving.Where(one => one.Pauses).Select(one => one.FinalSeconds)) is not { } final) return (null, []);
        var stop = writers.Select(writer => writer.MostStopSeconds).DefaultIfEmpty(0).Max();
        var start = figures.Of(store, MoveFigure.StartSeconds).Value;
        var smoke = figures.Of(store, MoveFigure.SmokeSeconds).Value;
        var update = figures.Of(store, MoveFigure.UpdateSeconds).Value;
        var seconds = MoveFormulas.PauseSeconds(stop, final, start, smoke, update);
        return (Measure.Whole(seconds),
        [
            new(
                "pause",
                "T = stop + data + startSeconds + smokeSeconds + updateSeconds",
                string.Join(" + ", new[] { stop, final, start, smoke, update }.Select(Measure.Number)),
                Measure.Time(seconds)),
        ]);
    }

    // What everything needs, such as a network or a cluster, is made with whatever comes first.
    private IReadOnlyList<ResourceCount> ResourcesOf(IReadOnlyList<Component> components, int number)
    {
        var names = components.Select(component => component.Name).ToHashSet();
        var others = graph.Everything.Select(component => component.Name).ToHashSet();
        return
        [
            .. target.Resources
                .Where(resource => resource.Cloud == graph.To && !resource.IsProvider)
                .Where(resource => resource.Component is { } name && others.Contains(name) ? names.Contains(name) : number == 1)
                .Where(resource => _counted.Add(resource.Urn))
                .GroupBy(resource => resource.Type)
                .OrderBy(type => type.Key, StringComparer.Ordinal)
                .Select(type => new ResourceCount(type.Key, type.Count())),
        ];
    }

    private IReadOnlyList<CrossingLink> CrossingAfter(HashSet<Component> moved) =>
    [
        .. from consumer in graph.Blueprint.Model.Components.OfType<Consumer>().Except(graph.Blueprint.Implied.OfType<Consumer>())
           from link in consumer.Links
           where !link.Target.Kind.FollowsConsumers && !link.Target.Kind.IsFoundation
           let here = CloudAfter(consumer, moved)
           let there = CloudAfter(link.Target, moved)
           where here != there
           let reach = CloudIndex.Of(there).ReachOf(link.Target)
           where reach != Reach.Carried
           select new CrossingLink(consumer.Name, here.Name(), link.Target.Name, there.Name(), reach switch
           {
               Reach.Relay => "relay",
               Reach.PublicApi => "public-api",
               _ => "nothing",
           }),
    ];

    private Cloud CloudAfter(Component component, HashSet<Component> moved) =>
        moved.Contains(component) ? graph.To : graph.Blueprint.CloudOf(component);

    private IEnumerable<Preparation> PreparationsOf(
        int number,
        IReadOnlyList<Component> components,
        IReadOnlyList<Component> entrances)
    {
        if (Images(number, components) is { } images) yield return images;
        var names = components.SelectMany(component => component.Kind.NamesToProve(component)).Distinct().ToList();
        if (names.Count > 0 && entrances.Any(MoveGraph.IsEdge))
        {
            yield return new(
                "Have the certificates issued before traffic moves",
                [
                    $"{graph.To.Name()} serves with certificates of its own for {string.Join(", ", names)}: once they stand beside, go on "
                    + "when each is valid there. $ADDRESS is that of the new copy.",
                ],
                [
                    .. names
                        .Select(name => name.Replace("*", "any", StringComparison.Ordinal))
                        .Select(name => $"openssl s_client -connect $ADDRESS:443 -servername {name} </dev/null "
                            + "| openssl x509 -noout -issuer -dates"),
                ]);
        }

        if (Ttl(entrances) is { } ttl) yield return ttl;
        var outside = components
            .OfType<Consumer>()
            .SelectMany(consumer => consumer.Links.Where(link => link.Target.Kind.FollowsConsumers).Select(link => (consumer, link.Target)))
            .GroupBy(pair => pair.Target)
            .ToList();
        if (outside.Count > 0)
        {
            yield return new(
                "Have the new addresses admitted outside",
                [
                    .. outside.Select(group => $"'{group.Key.Name}' is used by "
                        + $"{string.Join(", ", group.Select(pair => pair.consumer.Name).Distinct())}, who come from "
                        + $"the addresses of {graph.To.Name()} from then on: have them admitted there, beside the old ones."),
                ],
                []);
        }

        var existing = components
            .Where(component => component.Kind == SecretKind.Instance)
            .Where(secret => _settings.Secrets.GetValueOrDefault(secret.Name) is ExistingSecret)
            .Select(secret => secret.Name)
            .ToList();
        if (existing.Count > 0)
        {
            yield return new(
                "Put existing secrets into the new cloud's store",
                [$"Nothing here knows the values of {string.Join(", ", existing)}: {graph.To.Name()} must keep them under the same names."],
                []);
        }
    }

    // An image that names its registry is pulled from there, wherever it runs.
    private Preparation? Images(int number, IReadOnlyList<Component> components)
    {
        var images = components
            .OfType<Consumer>()
            .SelectMany(_settings.ImagesOf)
            .Select(image => image.Image)
            .Where(image => !ImageName.HasRegistry(image))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        if (images.Count == 0) return null;
        var registry = target.Resources.Where(resource => resource.Cloud == graph.To
            && target.Components.Any(component => component.Kind == ContainerRegistryKind.Instance
                && component.Cloud == graph.To
                && component.Urn == resource.ComponentUrn));
        var targets = number == 1 ? Targets.Of(target, registry) : [];
        return new(
            "Copy the images to the new registry",
            [
                "$OLD and $NEW are the prefixes of both registries, as the first command shows them.",
                number == 1
                    ? "The registry is made first, by itself: nothing runs without its image."
                    : "The first wave has made the registry.",
                "With --preserve-digests, digests stay what they are.",
            ],
            [
                .. targets.Count == 0 ? (string[])[] : [FirstSteps.Up(_settings.Stack, targets)],
                $"pulumi stack output registries --stack {_settings.Stack} --json",
                .. images.Select(image =>
                    $"skopeo copy --all --preserve-digests docker://$OLD/{image} docker://$NEW/{FirstSteps.Tagged(image)}"),
            ]);
    }

    private Preparation? Ttl(IReadOnlyList<Component> entrances)
    {
        var records = graph.Blueprint.Standings
            .Select(standing => standing.Component)
            .OfType<DnsRecord>()
            .Where(record => record.Args.Targets.Any(one => one.Entrance is { } entrance && entrances.Contains(entrance)))
            .Distinct()
            .ToList();
        if (records.Count == 0) return null;
        var slow = records.Where(record => record.Args.TtlSeconds > DnsRecordArgs.UsualTtlSeconds).ToList();
        var longest = records.Max(record => record.Args.TtlSeconds);
        return new(
            "Lower how long names are kept",
            slow.Count == 0
                ? [$"{Listed(Names(records), "")}: {longest} s already, so that resolvers follow within that."]
                :
                [
                    .. slow.Select(record => $"'{record.Name}' is kept for {record.Args.TtlSeconds} s: set "
                        + $"infra:components.{record.Name}.ttlSeconds to {DnsRecordArgs.UsualTtlSeconds} 48 h before traffic moves, and "
                        + "back afterwards."),
                ],
            slow.Count == 0 ? [] : [$"pulumi up --stack {_settings.Stack}"]);
    }

    private IEnumerable<MoveStep> StepsOf(
        IReadOnlyList<Component> components,
        IReadOnlyList<MovedData> moving,
        IReadOnlyList<Component> paused,
        IReadOnlyList<Consumer> writers,
        IReadOnlyList<string> hosts,
        long? copy,
        bool isLast)
    {
        var names = Names(components);
        var idle = components.Any(component => component is Consumer { WorksUnasked: true });
        yield return new(
            "migrated",
            null,
            names,
            0,
            $"Copies stand on {graph.To.Name()}, and nobody uses them"
            + $"{(idle ? "; what works unasked has no replicas" : "")}."
            + (moving.Count == 0 ? "" : $" Data is copied: {Measure.TimeOf(copy)} by the formulas."));
        if (paused.Count > 0)
        {
            yield return new(
                "paused",
                null,
                Names(paused),
                null,
                $"{Listed(Names(writers), "Nobody")} stop, and the rest is copied and compared. The update fails where it does not match.");
        }

        var entrances = components.Where(component => MoveGraph.IsEdge(component) && IsWeighted(component)).ToList();
        var whole = components.Except(entrances).ToList();
        if (whole.Count > 0)
        {
            yield return new(
                "activated",
                null,
                Names(whole),
                paused.Count > 0 || moving.Count == 0 ? 0 : null,
                whole.Exists(MoveGraph.IsEdge)
                    ? $"Names lead to {graph.To.Name()}, for all users at once: {Listed([.. hosts], "none")}."
                    : "Consumers on both clouds use the new copies.");
        }

        if (entrances.Count > 0)
        {
            foreach (var share in Shares)
            {
                yield return new(
                    "activated",
                    share,
                    Names(entrances),
                    share == Shares[0] ? 0 : Hold,
                    string.Create(CultureInfo.InvariantCulture, $"{share} % of the users come to {graph.To.Name()}: ")
                    + $"{Listed([.. hosts], "no host")}. A record with an entry of its own goes before the others, or after them.");
            }

            yield return new("activated", null, Names(entrances), Hold, $"All users come to {graph.To.Name()}.");
        }

        // Each old copy of an entrance leads to the old copies beside it.
        var free = components.Where(component => !graph.EntrancesOf(component).Any()).ToList();
        _kept.UnionWith(components.Except(free));
        var open = isLast ? _kept : [.. _kept.Where(kept => components.Any(MoveGraph.IsEdge) && graph.EntrancesOf(kept).All(Released))];
        var released = Names([.. free, .. graph.Moving.Where(open.Contains)]);
        _released.UnionWith(free);
        _kept.ExceptWith(open);
        if (released.Count == 0) yield break;
        yield return new(
            "released",
            null,
            released,
            KeptForNames,
            "Nobody uses the old copies, and they are no longer protected. Look that nobody asks them any more before.");
        yield return new(
            "retired",
            null,
            released,
            moving.Count > 0 ? KeptForData : KeptForNames,
            moving.Count > 0 ? "The old copies are gone, and what they held." : "The old copies are gone.");

        bool Released(Component entrance) => _released.Contains(entrance) || components.Contains(entrance);
    }

    // Traffic of an entrance is shared by the names that lead there.
    private bool IsWeighted(Component entrance)
    {
        var records = graph.Blueprint.Standings
            .Select(standing => standing.Component)
            .OfType<DnsRecord>()
            .Where(record => record.Args.Targets.Any(one => one.Entrance == entrance))
            .ToList();
        return records.Count > 0 && records.TrueForAll(record => Surprises.HasWeights(record.Args.Zone, graph.Blueprint));
    }

    private static IEnumerable<WayBack> WaysBack(IReadOnlyList<MovedData> moving, IReadOnlyList<Component> paused, bool isEdge)
    {
        yield return new("R0", "until writes stop or it is activated", "Take 'migrated' back: nobody notices.");
        if (paused.Count > 0)
            yield return new("R1", "until it is activated", "Take 'paused' back: writers go on with the old copy, which has everything.");
        var lost = moving.Where(one => !one.Returns).Select(one => one.Component).ToList();
        var names = isEdge ? " Names lead back within the time for which they are kept." : "";
        yield return new(
            "R2",
            "until it is released",
            lost.Count == 0
                ? $"Take 'activated' back: nothing is lost.{names}"
                : $"Take 'activated' back with acceptDataLoss: what was written to {string.Join(", ", lost)} since is lost.{names}");
        yield return new("R3", "from the release on", "There is no way back: mend what is there.");
    }

    private IEnumerable<string> ChecksOf(
        IReadOnlyList<Component> components,
        IReadOnlyList<MovedData> moving,
        IReadOnlyList<Component> paused,
        bool isEdge,
        long? pause)
    {
        yield return $"What the step does was read before: ./run diff {_settings.Stack}.";
        if (components.Any(component => component is Consumer) || isEdge)
            yield return $"Dashboards and alerts of {graph.To.Name()} show the new copies.";
        var stores = string.Join(", ", moving.Select(one => one.Component));
        if (moving.Count > 0) yield return $"A backup of {stores} was restored and looked at.";
        if (moving.Any(one => one.Way is not null)) yield return "Counts and sums of both copies match.";
        if (paused.Count > 0)
        {
            yield return pause is { } known
                ? $"Two rehearsals on a copy took within 20 % of {Measure.TimeOf(known)}; the window is given up after "
                    + $"{Measure.TimeOf(known * 3 / 2)}."
                : "Two rehearsals on a copy took within 20 % of each other; the window is given up after 150 % of that.";
            yield return "Replication was behind by less than 2 s for 24 h, where data is replicated.";
        }

        if (!isEdge) yield break;
        yield return "The new copy answers for every host, with a valid certificate.";
        yield return "The way back was rehearsed on staging.";
    }

    private static List<string> Names(IEnumerable<Component> components) => [.. components.Select(component => component.Name)];

    private static string Listed(List<string> names, string nobody) => names.Count == 0 ? nobody : string.Join(", ", names);

    private static long? Longest(IEnumerable<long?> times)
    {
        var all = times.ToList();
        return all.Contains(null) ? null : all.DefaultIfEmpty(0).Max();
    }
}

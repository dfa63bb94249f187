using Infra.Components.Certificates;
using Infra.Components.Composition;
using Infra.Components.Dns;
using Infra.Components.Jobs;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Secrets;
using Infra.Components.Services;
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
    private bool _edgeStands;

    /// <summary>Draws the waves in their order.</summary>
    public IReadOnlyList<Wave> Draw(IReadOnlyList<PlannedWave> waves)
    {
        var moved = new HashSet<Component>();
        var drawn = new List<Wave>();
        foreach (var wave in waves)
        {
            moved.UnionWith(wave.Components);
            drawn.Add(Draw(drawn.Count + 1, wave, moved));
        }

        return drawn;
    }

    private Wave Draw(int number, PlannedWave wave, HashSet<Component> moved)
    {
        var components = wave.Components;
        var hosts = components.SelectMany(graph.EntrancesOf).Distinct().Order(StringComparer.Ordinal).ToList();
        var isEdge = components.All(MoveGraph.IsEdge);
        var beside = hosts.Count > 0 && !_edgeStands ? graph.Moving.Where(MoveGraph.IsEdge).ToList() : [];
        var edgeStood = _edgeStands;
        _edgeStands |= isEdge || beside.Count > 0;
        var movedData = components.Select(component => data.GetValueOrDefault(component.Name)).OfType<MovedData>().ToList();
        var paused = movedData.Where(moving => moving.Pauses).Select(moving => moving.Component).ToList();
        var writers = WritersOf(components.Where(component => paused.Contains(component.Name)));
        var copy = Longest(movedData.Select(moving => moving.CopySeconds));
        var (pause, pauseFormulas) = paused.Count == 0 ? (0, []) : PauseOf(components, movedData, writers);
        var resources = ResourcesOf([.. components, .. beside], number);
        return new()
        {
            Number = number,
            Components = Names(components),
            Reason = wave.Reason,
            Risk = components.Sum(component => risk(component).Points),
            Beside = Names(beside),
            Hosts = hosts,
            Preparations = [.. PreparationsOf(number, components, beside, hosts, isEdge && !edgeStood)],
            Resources = resources,
            Data = movedData,
            Writers = Names(writers),
            CopySeconds = copy,
            PauseSeconds = pause,
            Pause = pauseFormulas,
            Crossing = CrossingAfter(moved),
            Steps = [.. StepsOf(components, beside, movedData, paused, writers, hosts, isEdge && edgeStood, copy)],
            Rollback = [.. WaysBack(movedData, paused, hosts)],
            Checks = [.. ChecksOf(components, movedData, paused, hosts, isEdge, pause)],
        };
    }

    private List<Consumer> WritersOf(IEnumerable<Component> stores)
    {
        var written = stores.ToHashSet();
        return
        [
            .. graph.Blueprint.Model.Components
                .OfType<Consumer>()
                .Except(graph.Blueprint.Implied.OfType<Consumer>())
                .Where(consumer => consumer.Links.Any(link =>
                    link.Intent is Intent.Write or Intent.Publish && written.Contains(link.Target.WrittenAt))),
        ];
    }

    // A job of one update is over before the next one begins.
    private static double StopOf(Consumer consumer) => consumer switch
    {
        ContainerService service => service.Args.StopSeconds,
        ScheduledJob job => job.Args.TimeoutMinutes * 60,
        _ => 0,
    };

    private (long? Seconds, IReadOnlyList<UsedFormula> Formulas) PauseOf(
        IReadOnlyList<Component> components,
        IReadOnlyList<MovedData> moving,
        IReadOnlyList<Consumer> writers)
    {
        var store = components.First(component => moving.Any(one => one.Pauses && one.Component == component.Name));
        if (Longest(moving.Where(one => one.Pauses).Select(one => one.FinalSeconds)) is not { } final) return (null, []);
        var stop = writers.Select(StopOf).DefaultIfEmpty(0).Max();
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
        var others = graph.Moving.Select(component => component.Name).ToHashSet();
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
        IReadOnlyList<Component> beside,
        IReadOnlyList<string> hosts,
        bool isFirstEdge)
    {
        if (Images(number, components) is { } images) yield return images;
        var edge = isFirstEdge ? components : beside;
        var names = edge.OfType<Certificate>().SelectMany(certificate => certificate.Kind.NamesToProve(certificate)).Distinct().ToList();
        if (names.Count > 0)
        {
            yield return new(
                "Have the certificates issued before traffic moves",
                [$"{graph.To.Name()} serves with certificates of its own for {string.Join(", ", names)}: go on once they are valid there."],
                [
                    .. names
                        .Select(name => name.Replace("*", "any", StringComparison.Ordinal))
                        .Select(name => $"openssl s_client -connect $ADDRESS:443 -servername {name} </dev/null "
                            + "| openssl x509 -noout -issuer -dates"),
                ]);
        }

        if (Ttl(hosts) is { } ttl) yield return ttl;
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

    private Preparation? Ttl(IReadOnlyList<string> hosts)
    {
        var records = graph.Blueprint.Standings
            .Select(standing => standing.Component)
            .OfType<DnsRecord>()
            .Where(record => record.Args.Targets.Any(one => one.Entrance is not null))
            .Where(record => hosts.Any(host => host.Split(':')[0] == record.Args.FullName))
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
        IReadOnlyList<Component> beside,
        IReadOnlyList<MovedData> moving,
        IReadOnlyList<string> paused,
        IReadOnlyList<Consumer> writers,
        IReadOnlyList<string> hosts,
        bool stands,
        long? copy)
    {
        var names = Names(components);
        IReadOnlyList<string> migrated = stands ? [] : [.. names, .. Names(beside)];
        if (migrated.Count > 0)
        {
            yield return new(
                "migrated",
                null,
                migrated,
                0,
                $"Copies stand on {graph.To.Name()} and serve nobody"
                + $"{(components.Any(component => component is Consumer) ? "; services have no replicas" : "")}."
                + (moving.Count == 0 ? "" : $" Data is copied: {Measure.TimeOf(copy)} by the formulas."));
        }

        if (paused.Count > 0)
        {
            yield return new(
                "paused",
                null,
                paused,
                null,
                $"{Listed(Names(writers), "Nobody")} stop, and the rest is copied and compared. The update fails where it does not "
                + "match.");
        }

        var shared = hosts.Count > 0 && IsWeighted ? components.Where(component => graph.EntrancesOf(component).Count > 0).ToList() : [];
        var whole = components.Except(shared).ToList();
        if (whole.Count > 0)
        {
            yield return new(
                "activated",
                null,
                Names(whole),
                paused.Count > 0 || moving.Count == 0 ? 0 : null,
                hosts.Count > 0 && shared.Count == 0
                    ? $"Consumers use the new copies, and {string.Join(", ", hosts)} lead to {graph.To.Name()}: for all users at once."
                    : components.All(MoveGraph.IsEdge)
                        ? "Names that lead nowhere else lead to it."
                        : "Consumers on both clouds use the new copies.");
        }

        if (shared.Count > 0)
        {
            foreach (var share in Shares)
            {
                yield return new(
                    "activated",
                    share,
                    Names(shared),
                    share == Shares[0] ? 0 : Hold,
                    $"{share} % of the users of {string.Join(", ", hosts)} come to {graph.To.Name()}.");
            }

            yield return new("activated", null, Names(shared), Hold, $"All users come to {graph.To.Name()}.");
        }

        yield return new(
            "released",
            null,
            names,
            KeptForNames,
            "The old copies are used by nobody, and no longer protected. Look that nobody asks them any more before.");
        yield return new(
            "retired",
            null,
            names,
            moving.Count > 0 ? KeptForData : KeptForNames,
            moving.Count > 0 ? "The old copies are gone, and what they held." : "The old copies are gone.");
    }

    private bool IsWeighted => graph.Balancers
        .SelectMany(balancer => balancer.Args.AllCertificates)
        .Select(certificate => certificate.Args.Zone)
        .Distinct()
        .All(zone => zone.Args.HasDomain && Surprises.HasWeights(zone, graph.Blueprint));

    private IEnumerable<WayBack> WaysBack(IReadOnlyList<MovedData> moving, IReadOnlyList<string> paused, IReadOnlyList<string> hosts)
    {
        yield return new("R0", "until writes stop or traffic moves", "Take 'migrated' back: nobody notices.");
        if (paused.Count > 0)
            yield return new("R1", "until it is activated", "Take 'paused' back: writers go on with the old copy, which has everything.");
        var lost = moving.Where(one => !one.Returns).Select(one => one.Component).ToList();
        var names = hosts.Count == 0 ? "" : " Names lead back within their TTL.";
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
        IReadOnlyList<string> paused,
        IReadOnlyList<string> hosts,
        bool isEdge,
        long? pause)
    {
        yield return $"The preview of the step deletes and replaces nothing: ./run diff {_settings.Stack}.";
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

        if (hosts.Count > 0)
        {
            yield return "Certificates on the new load balancer are valid for every host.";
            yield return "The way back was rehearsed on staging.";
        }
    }

    private static List<string> Names(IEnumerable<Component> components) => [.. components.Select(component => component.Name)];

    private static string Listed(List<string> names, string nobody) => names.Count == 0 ? nobody : string.Join(", ", names);

    private static long? Longest(IEnumerable<long?> times)
    {
        var all = times.ToList();
        return all.Contains(null) ? null : all.DefaultIfEmpty(0).Max();
    }
}

using Infra.Components.Placements;
using Infra.Components.Relays;
using Infra.Components.Systems;

namespace Infra.Components.Clouds;

/// <summary>Builds a checked blueprint: every cloud its part, everything after what it refers to.</summary>
internal static class SystemBuilder
{
    // Stores before their consumers, and the edge before the services: on AWS a service joins a target group only once a listener uses it.
    private static readonly ComponentKind[] Order =
    [
        ComponentKind.DnsZone,
        ComponentKind.Certificate,
        ComponentKind.Bucket,
        ComponentKind.ManagedDatabase,
        ComponentKind.Cache,
        ComponentKind.LoadBalancer,
    ];

    private static readonly ComponentKind[] Consumers = [ComponentKind.Job, ComponentKind.ContainerService];

    /// <summary>Builds everything.</summary>
    /// <param name="blueprint">What to build.</param>
    /// <param name="failed">Receives the component's name and what went wrong, and says whether to go on with the next one.</param>
    /// <returns>What was built, foundations first.</returns>
    public static IReadOnlyList<PlacedComponent> Build(Blueprint blueprint, Func<string, Exception, bool> failed)
    {
        var built = new List<PlacedComponent>();
        var builds = new Dictionary<Cloud, ICloudBuild>();
        var values = new ValueProviders();
        foreach (var cloud in blueprint.Clouds)
        {
            Attempt(cloud.Name(), () =>
            {
                var build = CloudIndex.Find(cloud)!.Begin(blueprint, values);
                built.AddRange(build.BuildFoundation());
                builds.Add(cloud, build);
            });
        }

        IReadOnlyDictionary<Link, ForeignTarget> foreign = new Dictionary<Link, ForeignTarget>();
        BuildAll(Order);
        foreign = Admit();
        BuildAll(Consumers);
        BuildAll([ComponentKind.DnsRecord]);
        return built;

        void BuildAll(IEnumerable<ComponentKind> kinds)
        {
            foreach (var kind in kinds)
            {
                foreach (var component in blueprint.Model.Components.Where(component => component.Kind == kind))
                {
                    if (builds.TryGetValue(blueprint.CloudOf(component), out var build))
                        Attempt(component.Name, () => built.Add(build.Build(component, foreign)));
                }
            }
        }

        Dictionary<Link, ForeignTarget> Admit()
        {
            var admitted = new Dictionary<Link, ForeignTarget>();
            var origins = builds.ToDictionary(build => build.Key, build => new Origin(build.Key, build.Value.EgressAddresses));
            foreach (var (cloud, build) in builds)
            {
                var links = blueprint.ForeignLinksTo(cloud)
                    .Where(link => origins.ContainsKey(blueprint.CloudOf(link.Consumer)))
                    .ToDictionary(link => link, link => origins[blueprint.CloudOf(link.Consumer)]);
                if (links.Count == 0) continue;
                Attempt(cloud.Name(), () =>
                {
                    var (targets, relay) = build.Admit(links);
                    if (relay is not null) built.Add(relay);
                    foreach (var (link, target) in targets) admitted.Add(link, target);
                });
            }

            return admitted;
        }

        void Attempt(string component, Action action)
        {
            try
            {
                action();
            }
            catch (Exception exception) when (failed(component, exception))
            {
                // Reported by the receiver; the next component may have something to say too.
            }
        }
    }
}

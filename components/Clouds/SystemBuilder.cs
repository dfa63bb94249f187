using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Components.Clouds;

/// <summary>Builds a checked blueprint: every cloud its part, everything after what it refers to.</summary>
internal static class SystemBuilder
{
    /// <summary>Builds everything.</summary>
    /// <param name="blueprint">What to build.</param>
    /// <param name="clouds">Every cloud.</param>
    /// <param name="kinds">Every kind; within a stage, they follow each other in this order.</param>
    /// <param name="findings">Where it is told what shows only while it is built.</param>
    /// <param name="failed">Receives the component's name and what went wrong, and says whether to go on with the next one.</param>
    /// <returns>What was built, foundations first.</returns>
    public static IReadOnlyList<PlacedComponent> Build(
        Blueprint blueprint,
        IReadOnlyList<ICloud> clouds,
        IReadOnlyList<ComponentKind> kinds,
        Findings findings,
        Func<string, Exception, bool> failed)
    {
        var built = new List<PlacedComponent>();
        var builds = new Dictionary<Cloud, ICloudBuild>();
        var progress = new BuildProgress(findings);
        foreach (var cloud in clouds.Where(cloud => blueprint.Clouds.Contains(cloud.Cloud)))
        {
            Attempt(cloud.Cloud.Name(), () =>
            {
                var build = cloud.Begin(blueprint, progress);
                builds.Add(cloud.Cloud, build);
                foreach (var part in build.BuildFoundation()) built.Add(part);
            });
        }

        // Consumers of other clouds are let in once the stores stand, and before the first consumer begins; all begin before one is built.
        var letIn = false;
        var stages = blueprint.Standings
            .GroupBy(PlaceOf)
            .OrderBy(group => group.Key.Stage)
            .ThenBy(group => group.Key.Order);
        foreach (var stage in stages)
        {
            if (stage.Key.Stage >= BuildStage.Job && !letIn)
            {
                LetIn();
                foreach (var (cloud, build) in builds) Attempt(cloud.Name(), build.BeginConsumers);
                letIn = true;
            }

            foreach (var standing in stage.OrderByDescending(MustRunBefore.ComesFirst))
            {
                if (builds.TryGetValue(standing.Cloud, out var build)) Attempt(standing.Name, () => built.Add(build.Build(standing)));
            }
        }

        // What a target makes once for all its consumers may be due where there is none.
        if (!letIn)
        {
            foreach (var (cloud, build) in builds) Attempt(cloud.Name(), build.BeginConsumers);
        }

        return built;

        // What carries data waits for those who must have stopped writing.
        (BuildStage Stage, int Order) PlaceOf(Standing standing) => standing.Component is IMover
            ? (BuildStage.Service, kinds.Count)
            : (standing.Kind.Stage, IndexOf(standing.Kind));

        int IndexOf(ComponentKind kind)
        {
            for (var index = 0; index < kinds.Count; index++)
            {
                if (kinds[index] == kind) return index;
            }

            return kinds.Count;
        }

        void LetIn()
        {
            var sources = builds.ToDictionary(build => build.Key, build => new EgressSource(build.Key, build.Value.EgressAddresses));
            foreach (var (cloud, build) in builds)
            {
                Attempt(cloud.Name(), () =>
                {
                    if (build.LetIn(sources) is { } relay) built.Add(relay);
                });
            }
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

using System.Security.Cryptography;
using System.Text;

namespace Infra.Components.LoadBalancers.Aws;

/// <summary>
/// Priorities of a listener's rules. Numbering routes one by one would shift all that follow a new one, and AWS refuses a priority that
/// another rule has not yet left. So a priority follows from the route itself: exact hosts before wildcards, longer hosts and deeper paths
/// first, and within such a class a number drawn from the route's text.
/// </summary>
internal static class RulePriorities
{
    /// <summary>The deepest path that is told apart from shallower ones.</summary>
    public const int DeepestPath = 9;

    private const int Depths = DeepestPath + 1;
    private const int LabelClasses = 5;
    private const int ExactSlots = 2500;
    private const int WildcardSlots = 500;
    private const int ExactClasses = Depths;

    /// <summary>
    /// The priority of each host and path, 1 to 50000 and unique. Those of one class that draw the same number take the next free one.
    /// </summary>
    public static IReadOnlyDictionary<(string Host, string Path), int> Of(IEnumerable<(string Host, string Path)> routes)
    {
        var priorities = new Dictionary<(string Host, string Path), int>();
        var taken = new HashSet<int>();
        var ordered = routes.OrderBy(route => route.Host, StringComparer.Ordinal).ThenBy(route => route.Path, StringComparer.Ordinal);
        foreach (var route in ordered)
        {
            var (first, slots) = ClassOf(route);
            var drawn = Draw(route, slots);
            while (!taken.Add(first + drawn)) drawn = (drawn + 1) % slots;
            priorities.Add(route, first + drawn);
        }

        return priorities;
    }

    /// <summary>
    /// The priorities of each host and path that needs several rules, in the order in which these are tried. The first is that of a route
    /// with one rule, and the others the next free ones of its class, so that nothing comes between them that is less specific.
    /// </summary>
    /// <param name="routes">The hosts and paths, with the number of rules of each.</param>
    public static IReadOnlyDictionary<(string Host, string Path), IReadOnlyList<int>> Of(
        IEnumerable<(string Host, string Path, int Rules)> routes)
    {
        var counted = routes.ToList();
        var first = Of(counted.Select(route => (route.Host, route.Path)));
        var taken = first.Values.ToHashSet();
        var priorities = first.ToDictionary(route => route.Key, route => (IReadOnlyList<int>)[route.Value]);
        foreach (var (host, path, rules) in counted
            .Where(route => route.Rules > 1)
            .OrderBy(route => route.Host, StringComparer.Ordinal)
            .ThenBy(route => route.Path, StringComparer.Ordinal))
        {
            var (lowest, slots) = ClassOf((host, path));
            var own = first[(host, path)];
            taken.Remove(own);
            var free = Enumerable.Range(lowest, slots).Where(priority => !taken.Contains(priority)).ToList();
            var chosen = free.Where(priority => priority >= own).Take(rules).ToList();

            // At the end of its class there may be too few left.
            if (chosen.Count < rules) chosen = [.. free.TakeLast(rules)];
            taken.UnionWith(chosen);
            priorities[(host, path)] = chosen;
        }

        return priorities;
    }

    private static (int First, int Slots) ClassOf((string Host, string Path) route)
    {
        var shallowness = DeepestPath - Math.Min(Depth(route.Path), DeepestPath);
        if (!route.Host.StartsWith('*')) return (1 + (shallowness * ExactSlots), ExactSlots);
        var labels = Math.Clamp(route.Host.Count(character => character == '.') - 1, 0, LabelClasses - 1);
        return (1 + (ExactClasses * ExactSlots) + ((((LabelClasses - 1 - labels) * Depths) + shallowness) * WildcardSlots), WildcardSlots);
    }

    /// <summary>How many segments a path has.</summary>
    public static int Depth(string path) => path == "/" ? 0 : path.Count(character => character == '/');

    private static int Draw((string Host, string Path) route, int slots) =>
        (int)(BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(route.Host + route.Path))) % (uint)slots);
}

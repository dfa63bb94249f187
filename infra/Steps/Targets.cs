using Infra.Plans;

namespace Infra.Steps;

/// <summary>
/// What an update with targets must name. The engine creates no resource whose dependencies are neither there nor named: parents, what it
/// depends on, what it uses outputs of. Providers and the stack itself it creates unasked, and so whatever these use must be named as well
/// (pulumi 3.259, <c>pkg/resource/deploy/step_generator.go</c>).
/// </summary>
internal static class Targets
{
    /// <summary>The URNs to name, in the order of construction.</summary>
    /// <param name="plan">The stack's plan.</param>
    /// <param name="wanted">The resources that are wanted.</param>
    public static IReadOnlyList<string> Of(Plan plan, IEnumerable<PlannedResource> wanted)
    {
        var resources = plan.Resources.ToDictionary(resource => resource.Urn);
        var children = plan.Resources.ToLookup(resource => resource.Parent);
        var components = plan.Components.Select(component => component.Urn).ToHashSet();
        var named = new HashSet<string>();
        var waiting = new Stack<string>(wanted.Select(resource => resource.Urn));
        if (waiting.Count == 0) return [];
        foreach (var provider in plan.Resources.Where(resource => resource.IsProvider)) waiting.Push(provider.Urn);
        while (waiting.TryPop(out var urn))
        {
            if (!named.Add(urn)) continue;
            if (resources.TryGetValue(urn, out var resource))
            {
                foreach (var needed in Needs(resource)) waiting.Push(needed);
            }
            else if (components.Contains(urn) && !plan.Resources.Any(each => named.Contains(each.Urn) && each.Parent == urn))
            {
                // Whoever depends on a component depends on its children.
                foreach (var child in children[urn]) waiting.Push(child.Urn);
            }
        }

        return
        [
            .. plan.Components.Select(component => component.Urn).Where(named.Contains),
            .. plan.Resources.Where(resource => !resource.IsProvider && named.Contains(resource.Urn)).Select(resource => resource.Urn),
        ];
    }

    private static IEnumerable<string> Needs(PlannedResource resource)
    {
        if (resource.Parent is { } parent) yield return parent;
        if (resource.Provider is { } provider) yield return provider;
        foreach (var urn in resource.DependsOn) yield return urn;
        foreach (var reference in resource.References) yield return reference.To;
    }
}

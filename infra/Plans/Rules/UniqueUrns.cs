using Infra.Components.Checks;

namespace Infra.Plans.Rules;

/// <summary>Every URN stands once: the engine refuses the second holder in the middle of an update.</summary>
internal static class UniqueUrns
{
    private static readonly Rule Unique = Rule.Error("urn-unique", "Every URN stands once");

    public static IEnumerable<Finding> Check(Plan plan)
    {
        var holders = plan.Components.Select(component => (component.Urn, Component: (string?)component.Name, component.Place))
            .Concat(plan.Resources.Select(resource => (resource.Urn, resource.Component, resource.Place)));
        foreach (var twice in holders.GroupBy(holder => holder.Urn).Where(group => group.Count() > 1))
        {
            var places = twice.Select(holder => holder.Place ?? "an unknown place");
            var components = twice.Select(holder => $"'{holder.Component}'").Distinct().ToList();
            yield return new(
                Severity.Error,
                Unique,
                twice.First().Component,
                $"{twice.Key} is constructed {twice.Count()} times (at {string.Join(", at ", places)}), for "
                + $"{string.Join(" and ", components)}; allowed: every type and name once under a parent. Names of resources are made of "
                + "those of components: rename a component.");
        }
    }
}

using Infra.Components.Checks;

namespace Infra.Plans.Rules;

/// <summary>Every resource belongs to a component; only providers stand beside them.</summary>
internal static class Ownership
{
    private static readonly Rule Owned = Rule.Error("resource-owner", "Every resource belongs to a component");

    public static IEnumerable<Finding> Check(Plan plan) =>
        from resource in plan.Resources
        where resource.Component is null && !resource.IsProvider
        select new Finding(
            Severity.Error,
            Owned,
            null,
            $"{resource.Urn} belongs to no component; allowed: resources whose parent is a component. "
            + "Pass Child() of the component as its options.");
}

using Infra.Components.Checks;
using Infra.Facts;

namespace Infra.Plans.Rules;

/// <summary>
/// Whoever is let in is named. Where an empty list of sources lets everyone in, a list that turned out empty would open what was meant for
/// a few.
/// </summary>
internal static class EmptySources
{
    private static readonly Rule Named = Rule.Error("sources-empty", "No list of sources is sent whose emptiness lets everyone in");

    public static IEnumerable<Finding> Check(Plan plan) =>
        from resource in plan.Resources
        let list = FactTables.Of(resource.Type)?.OpensByOmission?.Invoke(resource.Inputs)
        where list is not null
        select new Finding(
            Severity.Error,
            Named,
            resource.Component,
            $"{resource.Urn} has nothing in {list}, which lets everyone in; allowed: one source at least. Say who may come, in the "
            + "component that builds it.");
}

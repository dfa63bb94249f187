using Infra.Facts;

namespace Infra.Plans;

/// <summary>Something that can be reached from outside.</summary>
/// <param name="Resource">The resource that opens it.</param>
/// <param name="What">What is open, and to whom.</param>
public sealed record Exposure(PlannedResource Resource, string What);

/// <summary>Finds what of a plan can be reached from outside.</summary>
public static class Exposures
{
    /// <summary>What can be reached, in the order of the plan.</summary>
    public static IEnumerable<Exposure> Of(Plan plan) =>
        from resource in plan.Resources
        let what = FactTables.Of(resource.Type)?.Opens?.Invoke(resource.Inputs)
        where what is not null
        select new Exposure(resource, what);
}

using Infra.Components.Checks;

namespace Infra.Plans.Rules;

/// <summary>Every rule that a plan must keep, whatever the system and the cloud.</summary>
public static class PlanRules
{
    private static readonly Func<Plan, IEnumerable<Finding>>[] All =
    [
        UniqueUrns.Check,
        Ownership.Check,
        ExplicitProviders.Check,
        PhysicalNames.Check,
        ObjectNames.Check,
        InterpolatedOutputs.Check,
        EmptyObjects.Check,
        PlainSecrets.Check,
        EmptySources.Check,
        AcceptedInputs.Check,
    ];

    /// <summary>What the rules have to say about a plan.</summary>
    public static IEnumerable<Finding> Check(Plan plan) => All.SelectMany(rule => rule(plan));
}

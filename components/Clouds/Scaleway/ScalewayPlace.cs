using Infra.Components.Checks;

namespace Infra.Components.Clouds.Scaleway;

/// <summary>What Scaleway refuses of a stack's place, whatever stands there.</summary>
internal static class ScalewayPlace
{
    private static readonly Rule Region = Rule.Error("scaleway-region", "The region has every product of Scaleway that a stack needs");

    /// <summary>Reports a region that lacks products.</summary>
    /// <returns>Whether the place is known well enough to check what stands there.</returns>
    public static bool Check(CloudChecks checks)
    {
        if (checks.Region.Length > 0 && ScalewayRegions.Zones(checks.Region).Count == 0)
        {
            checks.Report(
                Region,
                null,
                $"The region is '{checks.Region}', which lacks products that a stack needs; allowed: "
                + $"{string.Join(", ", ScalewayRegions.All)}. Change infra:location or infra:regions.scaleway.");
        }

        // What stands there is refused for reasons of its own, which its author should hear at once.
        return true;
    }
}

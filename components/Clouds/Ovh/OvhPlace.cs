using Infra.Components.Checks;
using Infra.Components.Placements;

namespace Infra.Components.Clouds.Ovh;

/// <summary>What OVHcloud refuses of a stack's place, whatever stands there.</summary>
internal static class OvhPlace
{
    private static readonly Rule Region = Rule.Error("ovh-region", "The region is one whose products are listed");
    private static readonly Rule Endpoint = Rule.Error("ovh-endpoint", "The account can use the region");

    /// <summary>Reports a region that is not listed, or that the account cannot use.</summary>
    /// <returns>Whether the place is known well enough to check what stands there.</returns>
    public static bool Check(CloudChecks checks)
    {
        var code = checks.Region;
        if (code.Length == 0) return false;
        if (OvhRegions.Find(code) is not { } region)
        {
            checks.Report(
                Region,
                null,
                $"The region is '{code}', whose products are not listed; allowed: {OvhRegions.Where(_ => true)}. Change infra:location or "
                + "infra:regions.ovh.");
            return false;
        }

        if (region.IsUnproven)
            UnprovenProducts.Report(null, $"products of the region {code}", "Change infra:location or infra:regions.ovh", checks);
        if (checks.Settings.Accounts.Ovh is { } account && region.IsAmerican != (account.Endpoint == OvhAccount.UnitedStates))
        {
            var usable = OvhRegions.Where(other => other.IsAmerican == (account.Endpoint == OvhAccount.UnitedStates));
            checks.Report(
                Endpoint,
                null,
                $"infra:accounts.ovh.endpoint is {account.Endpoint}, whose accounts cannot use {code}; allowed there: {usable}. Change "
                + "infra:location, or the account.");
        }

        return true;
    }

    /// <summary>The region of a stack whose place has been checked.</summary>
    public static OvhRegion Of(CloudChecks checks) => OvhRegions.Find(checks.Region)!;
}

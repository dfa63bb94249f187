using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumiverse.Scaleway;

namespace Infra.Components.Clouds.Scaleway;

/// <summary>The one provider of a stack's part on Scaleway.</summary>
internal static class ScalewayProvider
{
    /// <summary>
    /// Creates it. Whatever the environment could say about the target is said explicitly; only the credentials come from outside.
    /// </summary>
    public static Provider Create(Blueprint blueprint)
    {
        var account = blueprint.Settings.Accounts.Scaleway;
        var region = blueprint.RegionOn(Cloud.Scaleway);
        var args = new ProviderArgs
        {
            ProjectId = account?.ProjectId ?? ScalewayContext.NoProject,
            Region = region,
            Zone = ScalewayRegions.Zones(region)[0],
        };
        if (account?.OrganizationId is { } organization) args.OrganizationId = organization;
        return new Provider("scaleway", args);
    }
}

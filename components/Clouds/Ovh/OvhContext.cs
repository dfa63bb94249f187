using Infra.Components.Placements;
using Pulumi;

namespace Infra.Components.Clouds.Ovh;

/// <summary>What every component on OVHcloud needs to know of its stack.</summary>
/// <param name="blueprint">The stack's blueprint.</param>
/// <param name="provider">The one provider, explicit.</param>
/// <param name="values">The providers of random values and certificates.</param>
internal sealed class OvhContext(Blueprint blueprint, ProviderResource provider, ValueProviders values)
    : CloudContext(Cloud.Ovh, OvhCloud.Table, blueprint, provider, values)
{
    // A hypothetical plan may have no project; this one belongs to nobody.
    private const string NoProject = "00000000000000000000000000000000";

    /// <summary>The project, which every resource names: the provider knows none.</summary>
    public string Project => Blueprint.Settings.Accounts.Ovh?.ProjectId ?? NoProject;

    /// <summary>The region.</summary>
    public OvhRegion Region => OvhRegions.Find(Blueprint.RegionOn(Cloud.Ovh))!;

    /// <summary>What a resource is described with: OVHcloud has no tags.</summary>
    public string Describe(string component) => $"{Stack} {component}";
}

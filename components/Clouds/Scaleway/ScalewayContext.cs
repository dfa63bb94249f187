using Infra.Components.Placements;
using Pulumi;

namespace Infra.Components.Clouds.Scaleway;

/// <summary>What every component on Scaleway needs to know of its stack.</summary>
/// <param name="blueprint">The stack's blueprint.</param>
/// <param name="provider">The one provider, explicit.</param>
/// <param name="values">The providers of random values and certificates.</param>
internal sealed class ScalewayContext(Blueprint blueprint, ProviderResource provider, ValueProviders values)
    : CloudContext(Cloud.Scaleway, ScalewayCloud.Table, blueprint, provider, values)
{
    /// <summary>The project of a plan that names none: an identifier of nobody (RFC 9562).</summary>
    public const string NoProject = "00000000-0000-0000-0000-000000000000";

    /// <summary>The region.</summary>
    public string Region => Blueprint.RegionOn(Cloud.Scaleway);

    /// <summary>The zones in which the stack stands, the first being that of everything that has one zone only.</summary>
    public IReadOnlyList<string> Zones => ScalewayRegions.Zones(Region);

    /// <summary>The project.</summary>
    public string ProjectId => Blueprint.Settings.Accounts.Scaleway?.ProjectId ?? NoProject;

    /// <summary>An identifier without its zone or region, as other systems know it.</summary>
    public static Output<string> Bare(Output<string> id) => id.Apply(text => text[(text.LastIndexOf('/') + 1)..]);
}

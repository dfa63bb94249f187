using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds.Scaleway;

/// <summary>What every component on Scaleway needs to know of its stack.</summary>
/// <param name="Blueprint">The stack's blueprint.</param>
/// <param name="Provider">The one provider, explicit.</param>
/// <param name="Values">The providers of random values and certificates.</param>
internal sealed record ScalewayContext(Blueprint Blueprint, Pulumiverse.Scaleway.Provider Provider, ValueProviders Values)
{
    /// <summary>The project of a plan that names none: an identifier of nobody (RFC 9562).</summary>
    public const string NoProject = "00000000-0000-0000-0000-000000000000";

    /// <summary>The stack's name.</summary>
    public string Stack => Blueprint.Settings.Stack;

    /// <summary>The region.</summary>
    public string Region => Blueprint.RegionOn(Cloud.Scaleway);

    /// <summary>The zones in which the stack stands, the first being that of everything that has one zone only.</summary>
    public IReadOnlyList<string> Zones => ScalewayRegions.Zones(Region);

    /// <summary>The project.</summary>
    public string ProjectId => Blueprint.Settings.Accounts.Scaleway?.ProjectId ?? NoProject;

    /// <summary>Whether stores are protected against deletion.</summary>
    public bool Protect => Blueprint.Profile.Protect;

    /// <summary>Whether users are served.</summary>
    public bool IsProduction => Blueprint.Profile.Kind == EnvironmentKind.Production;

    /// <summary>The tags of what follows from components and is none itself.</summary>
    public IReadOnlyDictionary<string, string> Tags(string component, DataClass dataClass = DataClass.Internal) => Blueprint.Tags(component, dataClass);

    /// <summary>An identifier without its zone or region, as other systems know it.</summary>
    public static Output<string> Bare(Output<string> id) => id.Apply(text => text[(text.LastIndexOf('/') + 1)..]);

    /// <summary>Where a declared component stands.</summary>
    public Placement Place(Component declared) => Place(declared.Kind, declared.Name, declared.Arguments.DataClass);

    /// <summary>Where what follows from components stands.</summary>
    public Placement Place(ComponentKind kind, string name, DataClass dataClass = DataClass.Internal) =>
        new(kind, Cloud.Scaleway, name, ScalewayCloud.Table[kind], Provider, Tags(name, dataClass));
}

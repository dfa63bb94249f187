using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Components.Clouds.Ovh;

/// <summary>What every component on OVHcloud needs to know of its stack.</summary>
/// <param name="Blueprint">The stack's blueprint.</param>
/// <param name="Provider">The one provider of OVHcloud, explicit.</param>
/// <param name="Values">The providers of random values and certificates.</param>
internal sealed record OvhContext(Blueprint Blueprint, Pulumi.Ovh.Provider Provider, ValueProviders Values)
{
    // A hypothetical plan may have no project; this one belongs to nobody.
    private const string NoProject = "00000000000000000000000000000000";

    /// <summary>The stack's name.</summary>
    public string Stack => Blueprint.Settings.Stack;

    /// <summary>The project, which every resource names: the provider knows none.</summary>
    public string Project => Blueprint.Settings.Accounts.Ovh?.ProjectId ?? NoProject;

    /// <summary>The region.</summary>
    public OvhRegion Region => OvhRegions.Find(Blueprint.RegionOn(Cloud.Ovh))!;

    /// <summary>Whether stores are protected against deletion.</summary>
    public bool Protect => Blueprint.Profile.Protect;

    /// <summary>What a resource is described with: OVHcloud has no tags.</summary>
    public string Describe(string component) => $"{Stack} {component}";

    /// <summary>The tags of what follows from components and is none itself.</summary>
    public IReadOnlyDictionary<string, string> Tags(string component, DataClass dataClass = DataClass.Internal) => Blueprint.Tags(component, dataClass);

    /// <summary>Where a declared component stands.</summary>
    public Placement Place(Component declared) => Place(declared.Kind, declared.Name, declared.Arguments.DataClass);

    /// <summary>Where what follows from components stands.</summary>
    public Placement Place(ComponentKind kind, string name, DataClass dataClass = DataClass.Internal) =>
        new(kind, Cloud.Ovh, name, OvhCloud.Table[kind], Provider, Tags(name, dataClass));
}

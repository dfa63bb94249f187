using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds;

/// <summary>What every component on a cloud needs to know of its stack.</summary>
/// <param name="cloud">The cloud.</param>
/// <param name="offers">What it offers.</param>
/// <param name="blueprint">The stack's blueprint.</param>
/// <param name="provider">The cloud's one provider, explicit.</param>
/// <param name="values">The providers of random values and certificates.</param>
internal abstract class CloudContext(
    Cloud cloud,
    IReadOnlyDictionary<ComponentKind, Offer> offers,
    Blueprint blueprint,
    ProviderResource provider,
    ValueProviders values)
{
    /// <summary>The stack's blueprint.</summary>
    public Blueprint Blueprint => blueprint;

    /// <summary>The cloud's one provider, explicit.</summary>
    public ProviderResource Provider => provider;

    /// <summary>The providers of random values and certificates.</summary>
    public ValueProviders Values => values;

    /// <summary>The stack's name.</summary>
    public string Stack => blueprint.Settings.Stack;

    /// <summary>Whether stores are protected against deletion.</summary>
    public bool Protect => blueprint.Profile.Protect;

    /// <summary>Whether users are served.</summary>
    public bool IsProduction => blueprint.Profile.IsProduction;

    /// <summary>The tags of what follows from components and is none itself.</summary>
    public virtual IReadOnlyDictionary<string, string> Tags(string component, DataClass dataClass = DataClass.Internal) => blueprint.Tags(component, dataClass);

    /// <summary>Where a declared component stands.</summary>
    public Placement Place(Component declared) => Place(declared.Kind, declared.Name, declared.Arguments.DataClass);

    /// <summary>Where what follows from components stands.</summary>
    public Placement Place(ComponentKind kind, string name, DataClass dataClass = DataClass.Internal) =>
        new(kind, cloud, name, offers[kind], provider, Tags(name, dataClass));
}

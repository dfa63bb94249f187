using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Components.Clouds;

/// <summary>A cloud: what it offers, what it refuses, and how it builds. One index file per cloud implements it, and nothing else does.</summary>
internal interface ICloud
{
    /// <summary>Which one.</summary>
    Cloud Cloud { get; }

    /// <summary>How it provides every kind of component.</summary>
    IReadOnlyDictionary<ComponentKind, Offer> Offers { get; }

    /// <summary>The classes of tweaks that something on it reads.</summary>
    IReadOnlySet<Type> Tweaks { get; }

    /// <summary>Reports what it cannot build of the components that stand on it, before anything is built.</summary>
    void Check(Blueprint blueprint, Findings findings);

    /// <summary>Begins to build the part of a blueprint that stands on it.</summary>
    ICloudBuild Begin(Blueprint blueprint);
}

/// <summary>One cloud's part of a deployment while it is built.</summary>
internal interface ICloudBuild
{
    /// <summary>Builds the foundation: provider, network, registry, runtime, identities.</summary>
    IEnumerable<PlacedComponent> BuildFoundation();

    /// <summary>Builds a component that stands on this cloud; what it refers to has been built, except services, which may refer to each other.</summary>
    PlacedComponent Build(Component component);
}

using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Relays;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds;

/// <summary>A cloud: what it offers, what it refuses, and how it builds. One index file per cloud implements it, and nothing else does.</summary>
internal interface ICloud
{
    /// <summary>Which one.</summary>
    Cloud Cloud { get; }

    /// <summary>How it provides every kind of component.</summary>
    IReadOnlyDictionary<ComponentKind, Offer> Offers { get; }

    /// <summary>The classes of tweaks that something on it reads, each with the kinds of components that do.</summary>
    IReadOnlyDictionary<Type, IReadOnlyList<ComponentKind>> Tweaks { get; }

    /// <summary>Reports what it cannot build of the components that stand on it, before anything is built.</summary>
    void Check(Blueprint blueprint, Findings findings);

    /// <summary>Begins to build the part of a blueprint that stands on it.</summary>
    /// <param name="blueprint">The blueprint.</param>
    /// <param name="values">The providers that all clouds of the stack share.</param>
    ICloudBuild Begin(Blueprint blueprint, ValueProviders values);
}

/// <summary>One cloud's part of a deployment while it is built.</summary>
internal interface ICloudBuild
{
    /// <summary>Builds the foundation: provider, network, registry, runtime, identities.</summary>
    IEnumerable<PlacedComponent> BuildFoundation();

    /// <summary>The IPv4 addresses from which consumers on this cloud reach the outside, each once; empty where the stack file does not say.</summary>
    IReadOnlyList<Output<string>> EgressAddresses { get; }

    /// <summary>Builds a component that stands on this cloud; what it refers to has been built, except services, which may refer to each other.</summary>
    /// <param name="component">The component.</param>
    /// <param name="foreign">How it reaches those of its links' targets that stand on other clouds.</param>
    PlacedComponent Build(Component component, IReadOnlyDictionary<Link, ForeignTarget> foreign);

    /// <summary>
    /// Lets consumers of other clouds reach targets on this one: one relay for all of them, with one port per target in the order of the
    /// model's declarations, and a login or key for every link.
    /// </summary>
    /// <param name="links">The links, each with where its consumer comes from: one origin for all consumers of a cloud.</param>
    /// <returns>How each consumer reaches its target, and the relay that was built for it, if one was needed.</returns>
    (IReadOnlyDictionary<Link, ForeignTarget> Targets, PlacedComponent? Relay) Admit(IReadOnlyDictionary<Link, Origin> links);
}

using Infra.Components.Composition;
using Infra.Components.Systems;

namespace Infra.Tests.Testing;

/// <summary>
/// What the suites that run for every kind need to know of one. Each kind that a system can declare has a probe beside its contract; the
/// suites find it there.
/// </summary>
public abstract class KindProbe
{
    /// <summary>The probes of all kinds, in the order of their names.</summary>
    public static IReadOnlyList<KindProbe> All { get; } =
    [
        .. typeof(KindProbe).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(KindProbe)) && !type.IsAbstract)
            .Select(type => (KindProbe)Activator.CreateInstance(type)!)
            .OrderBy(probe => probe.Kind.Name, StringComparer.Ordinal),
    ];

    /// <summary>The probes of what links lead to and what stands somewhere.</summary>
    public static IReadOnlyList<KindProbe> Linked =>
        [.. All.Where(probe => probe.Kind is { ConnectionKeys.Count: > 0, FollowsConsumers: false })];

    /// <summary>The probes of what consumers on other clouds reach.</summary>
    public static IEnumerable<KindProbe> Reached =>
        Linked.Where(probe => probe.Kind.ReachOf(probe.Create(new(), "target")) != Reach.None);

    /// <summary>Whether a cloud provides the kind.</summary>
    public bool IsProvidedOn(Cloud cloud) => CloudIndex.Of(cloud).Find(Kind) is not null;

    /// <summary>The kind.</summary>
    public abstract ComponentKind Kind { get; }

    /// <summary>
    /// Values of arguments other than those that the probe's component has, by the argument's name. Arguments that are flags, numbers or
    /// enumerations need none: the other values follow from their types. An array is several values, of which a cloud may accept some only;
    /// a function makes one of the value that the component has.
    /// </summary>
    public virtual IReadOnlyDictionary<string, object> OtherValues => new Dictionary<string, object>();

    /// <summary>The same of a variant of a store, where some values differ there.</summary>
    public virtual IReadOnlyDictionary<string, object> OtherValuesOf(string? variant) => OtherValues;

    /// <summary>The probe of a kind.</summary>
    public static KindProbe Of(string kind) => All.Single(probe => probe.Kind.Name == kind);

    /// <summary>
    /// A component with what its arguments demand and defaults otherwise, not yet part of <paramref name="model"/>; what it refers to is
    /// added to it.
    /// </summary>
    public abstract Component Create(Model model, string name);

    /// <summary>
    /// Changes the arguments of such a component to those that show most on a cloud, where clouds differ in what they demand.
    /// </summary>
    public virtual void Suit(Cloud cloud, Arguments arguments)
    {
    }

    /// <summary>
    /// Adds what must stand beside the component for all its arguments to matter, such as what leads traffic to a service.
    /// </summary>
    public virtual void Surround(Model model, Component component)
    {
    }

    /// <summary>Adds a component to a model.</summary>
    public Component Declare(Model model, string name = "target") => model.Add(Create(model, name));

    /// <summary>Links a consumer to a component of this kind, with the last of the intents that it allows.</summary>
    public void Use(Consumer consumer, Component target) => consumer.Add(Kind.IntentsOn(target)[^1], target, null);

    /// <inheritdoc/>
    public override string ToString() => Kind.Name;
}

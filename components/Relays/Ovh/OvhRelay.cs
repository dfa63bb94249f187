using Infra.Components.Buckets.Ovh;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Systems;

namespace Infra.Components.Relays.Ovh;

/// <summary>Lets consumers of other clouds use buckets here, where they use nothing else: each has a key that opens its bucket for its intent, and needs no way in.</summary>
internal sealed class OvhRelay : PlacedComponent
{
    /// <summary>What provides it.</summary>
    public const string Product = "OVHcloud Public Cloud user";

    /// <summary>Builds the relay.</summary>
    public OvhRelay(IReadOnlyDictionary<Link, OvhBucket> links, OvhContext context)
        : base(context.Place(ComponentKind.Relay, "relay") with { Backing = Backing.Native, RunsOn = Product })
    {
        Targets = links.ToDictionary(
            entry => entry.Key,
            entry => new ForeignTarget(entry.Value.Open($"{Name}-{entry.Key.Name}", entry.Key.Intent, () => Child()).Connection));
        RegisterOutputs();
    }

    /// <summary>How each consumer reaches its target.</summary>
    public IReadOnlyDictionary<Link, ForeignTarget> Targets { get; }
}

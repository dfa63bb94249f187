using Infra.Components.Buckets.Scaleway;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Systems;

namespace Infra.Components.Relays.Scaleway;

/// <summary>Keys to buckets for consumers on other clouds, where nothing has to be forwarded. A relay that forwards holds the same resources.</summary>
internal sealed class ScalewayRelay : PlacedComponent
{
    /// <summary>What provides it.</summary>
    public const string Product = "Scaleway IAM application";

    /// <summary>Creates the keys.</summary>
    /// <param name="buckets">The links, with their buckets.</param>
    /// <param name="context">The stack's context.</param>
    public ScalewayRelay(IReadOnlyDictionary<Link, ScalewayBucket> buckets, ScalewayContext context)
        : base(context.Place(ComponentKind.Relay, "relay") with { Backing = Backing.Native, RunsOn = Product })
    {
        Targets = buckets.ToDictionary(
            entry => entry.Key,
            entry => new ForeignTarget(entry.Value.Connect($"{Name}-{entry.Key.Name}", entry.Key, Tags, () => Child(), [])));
        RegisterOutputs();
    }

    /// <summary>How each link's consumer reaches its bucket.</summary>
    public IReadOnlyDictionary<Link, ForeignTarget> Targets { get; }
}

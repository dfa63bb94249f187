using Infra.Components.Clouds.Ovh;
using Infra.Components.Networks;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Components.Runtimes.Ovh;

/// <summary>
/// The nodes of a stack's cluster: their flavor, and how few and how many of them a pool has. There is one pool per availability zone.
/// </summary>
/// <param name="Flavor">The flavor.</param>
/// <param name="Zones">The zones of the pools; a single null where the region is one zone.</param>
/// <param name="Minimum">The fewest nodes of a pool.</param>
/// <param name="Maximum">The most nodes of a pool.</param>
internal sealed record OvhNodes(string Flavor, IReadOnlyList<string?> Zones, int Minimum, int Maximum)
{
    /// <summary>
    /// The most nodes of a pool whose nodes stand on different machines (OVHcloud documentation: known limits of Managed Kubernetes).
    /// </summary>
    public const int MostApart = 5;

    // A rolling update runs a quarter more replicas for a while (OvhNodes counts what the Kubernetes deployment asks for).
    private const double Surge = 1.25;

    private const string Instances = "OVHcloud documentation, Public Cloud instances, 2026-11";

    // Vcores and GiB of the general-purpose flavors.
    private static readonly Dictionary<string, Product[]> Families = new(StringComparer.Ordinal)
    {
        ["b2"] =
        [
            new("b2-7", 2, 7) { Source = Instances },
            new("b2-15", 4, 15) { Source = Instances },
            new("b2-30", 8, 30) { Source = Instances },
            new("b2-60", 16, 60) { Source = Instances },
            new("b2-120", 32, 120) { Source = Instances },
        ],
        ["b3"] =
        [
            new("b3-8", 2, 8) { Source = Instances },
            new("b3-16", 4, 16) { Source = Instances },
            new("b3-32", 8, 32) { Source = Instances },
            new("b3-64", 16, 64) { Source = Instances },
            new("b3-128", 32, 128) { Source = Instances },
            new("b3-256", 64, 256) { Source = Instances },
        ],
    };

    // The network plugin, DNS and volume drivers, which run on every node.
    private static readonly Capacity OfEveryNode = new(0.3, 0.5);

    // Gateway, cert-manager and a relay, wherever they land.
    private static readonly Capacity OfTheCluster = new(1, 2);

    /// <summary>The most nodes of the cluster.</summary>
    public int Total => Maximum * Zones.Count;

    /// <summary>The flavors of a region, for messages.</summary>
    public static IReadOnlyList<string> Flavors(OvhRegion region) => [.. Families[region.Flavors].Select(flavor => flavor.Code)];

    /// <summary>The nodes that a stack needs.</summary>
    public static OvhNodes For(Blueprint blueprint, OvhRegion region)
    {
        var network = blueprint.Model.Find<PrivateNetwork>()!.Args;
        var tweak = network.Tweak<OvhRuntimeTweak>() ?? new();
        var replicas = blueprint.On<Consumer>(Cloud.Ovh).Select(consumer => (
            Promise: consumer.Container.ReplicaCapacity,
            Most: consumer is ContainerService service ? service.Args.Scaling.Highest : 1)).ToList();
        var largest = new Capacity(
            replicas.Select(replica => replica.Promise.VCpu).DefaultIfEmpty().Max(),
            replicas.Select(replica => replica.Promise.MemoryGiB).DefaultIfEmpty().Max());
        var family = Families[region.Flavors];
        var flavor = family.FirstOrDefault(candidate => candidate.Code == tweak.Flavor)
            ?? family.First(candidate => Free(candidate).Keeps(largest));

        // One more than all replicas need: they do not fill nodes to the brim, and a node may be lost.
        var free = Free(flavor);
        var nodes = 1 + (int)Math.Ceiling(Math.Max(
            (OfTheCluster.VCpu + (Surge * replicas.Sum(replica => replica.Most * replica.Promise.VCpu))) / free.VCpu,
            (OfTheCluster.MemoryGiB + (Surge * replicas.Sum(replica => replica.Most * replica.Promise.MemoryGiB))) / free.MemoryGiB));
        IReadOnlyList<string?> zones = region.IsMultiZone ? [.. region.Zones.Take(network.Zones)] : [null];
        var fewest = region.IsMultiZone || !blueprint.Profile.HighAvailability ? 1 : 2;
        var most = ((tweak.MaximumNodes ?? nodes) + zones.Count - 1) / zones.Count;
        return new(flavor.Code, zones, fewest, Math.Max(fewest, most));
    }

    // What OVHcloud reserves on a node (its documentation: reserved resources) is not the pods'.
    private static Capacity Free(Product flavor) => new(
        flavor.Capacity.VCpu - 0.15 - (0.005 * flavor.Capacity.VCpu) - OfEveryNode.VCpu,
        (flavor.Capacity.MemoryGiB * 0.95) - 1 - OfEveryNode.MemoryGiB);
}

using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Databases.Ovh;
using Infra.Components.Networks;
using Infra.Components.Networks.Ovh;
using Infra.Components.Systems;

namespace Infra.Components.Caches.Ovh;

/// <summary>Caches on OVHcloud.</summary>
internal sealed class OvhCaches()
    : Provision<Cache, OvhContext>(CacheKind.Instance, new(Backing.Native, "OVHcloud Public Cloud Databases for Valkey"))
{
    private static readonly Rule Accepted = Rule.Error("ovh-cache-arguments", "OVHcloud accepts the cache's arguments");
    private static readonly Rule Region = Rule.Error("ovh-cache-region", "Caches stand in regions of OVHcloud that have them");
    private static readonly Rule Forgets = Rule.Warning("ovh-cache-eviction", "A full cache forgets what its arguments say");
    private static readonly Rule Nodes = Rule.Info("ovh-cache-nodes", "A cache without high availability has one node");

    private static readonly Gap Policy = new("eviction policy", "What a full cache forgets cannot be chosen.") { Rule = Forgets };
    private static readonly Gap SingleNode = new("single node", "Regions of several zones have two nodes at least.") { Rule = Nodes };
    private static readonly Gap OtherZone = new("standby in another zone", "In regions of a single zone, the standby is in the same one.");
    private static readonly Gap InPlace = new(
        "standby added in place",
        "In regions of a single zone, one that comes or goes takes a plan of another generation, to which OVHcloud does not change: a "
        + "cache of another name does.");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [Policy, SingleNode, OtherZone, InPlace];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(OvhCacheTweak)];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Cache cache) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(Cache cache, CloudChecks checks)
    {
        var (args, region, guard) = (cache.Args, OvhPlace.Of(checks), checks.Guard(cache, Accepted));
        if (region.Databases is null)
        {
            checks.Guard(cache, Region).Refuse(
                "infra:location",
                $"{region.Code}, where OVHcloud has no caches",
                OvhRegions.Where(other => other.Databases is not null),
                $"Change it, or place '{cache.Name}' on {checks.Alternatives(cache.Kind)}");
            return;
        }

        var plan = OvhCacheProducts.PlanOf(args, region);
        if (OvhCacheProducts.FlavorOf(args, plan) is null) RefuseSize(args, plan, guard);

        // Whoever has asked for another policy than usual has a reason.
        checks.Lacks(
            Policy,
            cache,
            $"Eviction is {args.EvictionPolicy}, and OVHcloud does not let it be chosen: when '{cache.Name}' is full, it does what "
            + "OVHcloud has set.",
            "Give it room enough",
            args.Eviction == new CacheArgs().Eviction ? Severity.Info : Severity.Warning);
        if (!args.HighAvailability && plan.Nodes > 1)
        {
            checks.Report(
                Nodes,
                cache,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"HighAvailability is false, and the plan {plan.Name} has {plan.Nodes} nodes all the same; plans with one: essential, "
                    + $"in {OvhDatabaseProducts.SingleNodeRegions}."));
        }
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(Cache cache, OvhContext context) =>
        new OvhCache(cache, context.Get<OvhPrivateNetwork>(), context);

    private static void RefuseSize(CacheArgs args, OvhDatabasePlan plan, Guard guard)
    {
        var flavors = string.Join(", ", OvhDatabaseProducts.FlavorsOf(plan).Select(flavor => flavor.Product.Code));
        if (args.Tweak<OvhCacheTweak>()?.Flavor is { } named)
        {
            guard.Refuse("OvhCacheTweak.Flavor", named, $"{flavors} with the plan {plan.Name}");
        }
        else
        {
            guard.Refuse(
                nameof(CacheArgs.Size),
                args.Size,
                $"sizes that {flavors} hold: up to x-large without HighAvailability",
                "Lower Size, or set HighAvailability");
        }
    }
}

using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Networks;
using Infra.Components.Networks.Scaleway;
using Infra.Components.Systems;

namespace Infra.Components.Caches.Scaleway;

/// <summary>Caches on Scaleway.</summary>
internal sealed class ScalewayCaches()
    : Provision<Cache, ScalewayContext>(CacheKind.Instance, new(Backing.Native, "Scaleway Managed Database for Redis"))
{
    private static readonly Rule Accepted = Rule.Error("scaleway-cache-arguments", "Scaleway accepts the cache's arguments");
    private static readonly Rule Offered = Rule.Error("scaleway-cache-size", "Scaleway has caches of the size");
    private static readonly Rule Zone = Rule.Notable("scaleway-cache-zone", "A cache's standby stands in another zone");
    private static readonly Rule Encryption = Rule.Notable("scaleway-cache-encryption", "Caches are encrypted at rest");
    private static readonly Rule Login = Rule.Info(
        "scaleway-cache-login",
        "Every consumer of a cache has a login of its own, with its intent");

    private static readonly Gap LargeCaches = new("caches above 16 GiB", "Up to 16 GiB.") { Rule = Offered };
    private static readonly Gap OwnLogin = new("login per consumer", "Consumers share its one login.") { Rule = Login };
    private static readonly Gap ReadOnly = new("read-only intent", "An intent to read is not enforced.") { Rule = Login };
    private static readonly Gap OtherZone = new("standby in another zone", "The standby is in the same zone.") { Rule = Zone };
    private static readonly Gap InPlace = new("standby added in place", "One that comes or goes replaces the cache, with what it holds.");
    private static readonly Gap AtRest = new("encryption at rest", "Not encrypted at rest.") { Rule = Encryption };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [LargeCaches, OwnLogin, ReadOnly, OtherZone, InPlace, AtRest];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(ScalewayCacheTweak)];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Cache cache) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(Cache cache, CloudChecks checks)
    {
        var args = cache.Args;
        if (args.Tweak<ScalewayCacheTweak>()?.NodeType is { } node)
        {
            checks.Guard(cache, Accepted).OneOf("ScalewayCacheTweak.NodeType", node, ScalewayCacheProducts.NodeTypes);
        }
        else if (ScalewayCacheProducts.NodeTypeOf(args.Size) is null)
        {
            var sizes = Enum.GetValues<Size>().Where(size => ScalewayCacheProducts.NodeTypeOf(size) is not null);
            checks.Lacks(LargeCaches, cache, $"Size is {args.Size}; allowed: {string.Join(", ", sizes)}.", "Reduce Size");
        }

        var type = args.Tweak<ScalewayCacheTweak>()?.NodeType ?? ScalewayCacheProducts.NodeTypeOf(args.Size);
        if (type is not null && ScalewayCacheProducts.IsUnproven(type))
            UnprovenProducts.Report(cache, $"node type {type}", "Name another one by ScalewayCacheTweak.NodeType", checks);
        if (args.HighAvailability)
        {
            checks.Lacks(
                OtherZone,
                cache,
                "The standby stands in the same zone: it takes over when a machine fails, not when the zone does.",
                "Accept that");
        }

        checks.Lacks(
            AtRest,
            cache,
            $"Its data is {args.DataClass.ToString().ToLowerInvariant()}, and Scaleway does not encrypt the snapshots that Redis writes.",
            "Keep such data out of it",
            args.DataClass is DataClass.Confidential or DataClass.Personal ? Severity.Error : Severity.Info);

        var links = checks.LinksTo(cache).ToList();
        var consumers = links.Select(link => link.Consumer).Distinct().ToList();
        if (consumers.Count > 1 || links.Exists(link => link.Intent == Intent.Read))
        {
            checks.Report(
                Login,
                cache,
                $"{string.Join(", ", consumers.Select(consumer => consumer.Name).Distinct())} share one login that may read and write: "
                + "Redis on Scaleway has no other.");
        }
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(Cache cache, ScalewayContext context) =>
        new ScalewayCache(cache, context.Get<ScalewayPrivateNetwork>(), context);
}

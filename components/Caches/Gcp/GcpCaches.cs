using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks;
using Infra.Components.Networks.Gcp;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Caches.Gcp;

/// <summary>Caches on Google Cloud.</summary>
internal sealed class GcpCaches()
    : Provision<Cache, GcpContext>(CacheKind.Instance, new(Backing.Native, "Memorystore for Redis")), IUsesApis
{
    private static readonly Rule Values = Rule.Error("gcp-cache-arguments", "Memorystore accepts the cache's arguments");

    /// <inheritdoc/>
    public IReadOnlyList<string> Apis { get; } = ["redis"];

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        new("login per consumer", "One login for all consumers."),
        new("read-only intent", "An intent to read is not enforced."),
        new("standby added in place", "One that comes or goes replaces the cache, with what it holds."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks { get; } = [typeof(GcpCacheTweak)];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Cache component) => [RuntimeKind.Instance, PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(Cache component, CloudChecks checks)
    {
        if (component.Args.Tweak<GcpCacheTweak>() is { MemoryGiB: { } memory })
            checks.Guard(component, Values).InRange("GcpCacheTweak.MemoryGiB", memory, 1, GcpCacheProducts.Largest, "GiB");
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(Cache component, GcpContext context) =>
        new GcpCache(component, context.Get<GcpPrivateNetwork>(), context.Get<GcpRuntime>(), context);
}

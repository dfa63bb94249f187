using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Systems;

namespace Infra.Components.Caches.Kubernetes;

/// <summary>Caches in a given cluster.</summary>
internal sealed class KubernetesCaches() : Provision<Cache, KubernetesContext>(CacheKind.Instance, new(Backing.InCluster, "Valkey"))
{
    private static readonly Rule StandbyRule = Rule.Warning("cache-high-availability", "A replica takes over from a cache that is lost");
    private static readonly Rule LoginRule = Rule.Info("cache-login", "Every consumer of a cache has a login of its own");

    private static readonly Gap Standby = new("high availability", "A replica keeps a copy but does not take over.") { Rule = StandbyRule };
    private static readonly Gap OtherZone =
        new("standby in another zone", "The replica is where the cluster's nodes are, and does not take over.") { Rule = StandbyRule };

    private static readonly Gap Logins = new("login per consumer", "Consumers share a login per intent.") { Rule = LoginRule };

    private static readonly Gap Changes = new(
        "changes that keep the contents",
        "Another storage class, high availability switched, and with it a size on the other side of large, take a new cache: it is empty, "
        + "and production refuses it while the cache is protected. A single server's size can be raised only.");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [Standby, OtherZone, Logins, Changes, VolumeEncryption.Gap];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks { get; } = [typeof(KubernetesCacheTweak)];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Cache component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(Cache component, CloudChecks checks)
    {
        VolumeEncryption.Check(component, checks);
        if (component.Args.HighAvailability)
        {
            checks.Lacks(
                Standby,
                component,
                "A replica keeps a second copy here but does not take over by itself: when the primary's node is lost, the cache is back "
                + "within minutes, on another node of the same zone.",
                "Set highAvailability: false to accept that");
        }

        foreach (var shared in checks.LinksTo(component).GroupBy(link => link.Intent))
        {
            var consumers = shared.Select(link => link.Consumer.NameOn(checks.Cloud)).Distinct().ToList();
            if (consumers.Count == 1) continue;
            checks.Lacks(
                Logins,
                component,
                $"{string.Join(", ", consumers)} share the login for {shared.Key.ToString().ToLowerInvariant()}: one per consumer would "
                + "restart the cache whenever a consumer comes or goes.",
                "Give each a cache of its own");
        }
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(Cache component, KubernetesContext context) => new KubernetesCache(component, context);
}

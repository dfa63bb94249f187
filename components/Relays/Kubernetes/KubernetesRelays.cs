using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Placements;
using Infra.Components.Runtimes;
using Infra.Components.Systems;

namespace Infra.Components.Relays.Kubernetes;

/// <summary>Relays in a cluster.</summary>
/// <param name="traits">What the cluster can do.</param>
/// <param name="keys">
/// What keys are made with where consumers of other clouds use public APIs only; null where nothing here has one.
/// </param>
internal class KubernetesRelays<TContext>(Func<Blueprint, ClusterTraits> traits, string? keys = null)
    : RelayProvision<TContext, KubernetesGrantee>(RelayKind.Instance, new(Backing.InCluster, "HAProxy"))
    where TContext : KubernetesContext
{
    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
        [new("any load balancer", "Needs services of type LoadBalancer that keep the caller's address.")];

    /// <inheritdoc/>
    protected override IReadOnlyList<ComponentKind> Beside { get; } = [PrivateNetworkKind.Instance, RuntimeKind.Instance];

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks)
    {
        foreach (var target in checks.RelayedLinks.Select(link => link.Target).Distinct())
            BalancerAddresses.Check(target.Component, traits(checks.Blueprint), checks);
    }

    /// <inheritdoc/>
    public override IRelay<KubernetesGrantee> Begin(IReadOnlyList<RelayPort<KubernetesGrantee>> ports, TContext context) =>
        ports.Count == 0 && keys is not null ? new KubernetesKeys(keys, context) : new KubernetesRelay(ports, context);
}

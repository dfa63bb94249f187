using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Certificates.Kubernetes;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Placements;
using Infra.Components.Runtimes;
using Infra.Components.Systems;

namespace Infra.Components.LoadBalancers.Kubernetes;

/// <summary>Load balancers as gateways of a cluster.</summary>
/// <param name="traits">What the cluster can do.</param>
internal class KubernetesLoadBalancers(Func<Blueprint, ClusterTraits> traits)
    : Provision<LoadBalancer, KubernetesContext>(LoadBalancerKind.Instance, new(Backing.InCluster, "Gateway API")),
        INeedsAddons,
        IGivesAddresses
{
    private static readonly Rule IdleRule = Rule.Info("load-balancer-idle-timeout", "Idle connections are closed when they should be");

    private static readonly Gap IdleTimeout = new("idle timeout", "Idle timeouts are set for Envoy Gateway only.") { Rule = IdleRule };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [IdleTimeout];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(KubernetesLoadBalancerTweak)];

    /// <inheritdoc/>
    public IEnumerable<Addon> Addons(Component component, KubernetesContext context) => [Addon.GatewayController];

    /// <inheritdoc/>
    public AddressKind AddressKindOf(LoadBalancer balancer) =>
        balancer.Args.Tweak<KubernetesLoadBalancerTweak>() is { HostNameAddress: true }
        && Tweaks.Contains(typeof(KubernetesLoadBalancerTweak))
            ? AddressKind.HostName
            : AddressKind.Ip;

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(LoadBalancer component) => [PrivateNetworkKind.Instance, RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void Check(LoadBalancer component, CloudChecks checks)
    {
        var known = traits(checks.Blueprint);
        BalancerAddresses.Check(component, known, checks);
        var tweak = component.Args.Tweak<KubernetesLoadBalancerTweak>() is { } given && given.Cloud == checks.Cloud ? given : null;
        var gatewayClass = tweak?.GatewayClass ?? known.GatewayClass;
        if (gatewayClass == ClusterContext.EnvoyGatewayClass || component.Args.IdleTimeoutSeconds == 60) return;
        checks.Lacks(
            IdleTimeout,
            component,
            $"IdleTimeoutSeconds is {component.Args.IdleTimeoutSeconds}, and the Gateway API leaves it to the controller: "
            + "only Envoy Gateway's is set here.",
            "Set it in the controller");
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(LoadBalancer component, KubernetesContext context) =>
        new KubernetesLoadBalancer(component, KubernetesCertificate.SecretOf(component.Name), context);
}

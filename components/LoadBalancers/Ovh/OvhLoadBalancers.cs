using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.LoadBalancers.Kubernetes;
using Infra.Components.Runtimes.Ovh;

namespace Infra.Components.LoadBalancers.Ovh;

/// <summary>Load balancers on OVHcloud: gateways of the cluster behind a load balancer of OVHcloud's own.</summary>
internal sealed class OvhLoadBalancers() : KubernetesLoadBalancers(OvhRuntimes.TraitsOf)
{
    private static readonly Rule Accepted = Rule.Error("ovh-load-balancer-arguments", "OVHcloud accepts the load balancer's arguments");

    private static readonly Gap NoUdp = new(
        "listeners of UDP",
        "Load balancers of OVHcloud tell who the client is by a header, which UDP has not, and pass on TCP only.")
    {
        Rule = Rule.Error("ovh-listeners", "What enters by listeners is TCP, which is all that load balancers of OVHcloud pass on"),
    };

    /// <summary>The cluster has the controller whose idle timeout is set, and which knows listeners.</summary>
    public override IReadOnlyList<Gap> Gaps => [NoUdp, Room, Clients, Counting];

    /// <inheritdoc/>
    protected override Gap? Udp => NoUdp;

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(OvhLoadBalancerTweak)];

    /// <inheritdoc/>
    protected override void Check(LoadBalancer component, CloudChecks checks)
    {
        base.Check(component, checks);
        if (component.Args.Tweak<OvhLoadBalancerTweak>()?.Flavor is { } flavor)
            checks.Guard(component, Accepted).OneOf("OvhLoadBalancerTweak.Flavor", flavor, OvhLoadBalancerTweak.Flavors);
    }
}

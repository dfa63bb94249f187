using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.LoadBalancers.Kubernetes;
using Infra.Components.Runtimes.Scaleway;

namespace Infra.Components.LoadBalancers.Scaleway;

/// <summary>Load balancers on Scaleway: gateways of the cluster behind a load balancer of Scaleway's own.</summary>
internal sealed class ScalewayLoadBalancers() : KubernetesLoadBalancers(ScalewayRuntimes.TraitsOf)
{
    private static readonly Rule Accepted = Rule.Error(
        "scaleway-load-balancer-arguments",
        "Scaleway accepts the load balancer's arguments");

    private static readonly Gap NoUdp = new("listeners of UDP", "Load balancers of Scaleway pass on TCP only.")
    {
        Rule = Rule.Error("scaleway-listeners", "What enters by listeners is TCP, which is all that load balancers of Scaleway pass on"),
    };

    /// <summary>The cluster has the controller whose idle timeout is set, and which knows listeners.</summary>
    public override IReadOnlyList<Gap> Gaps => [NoUdp, Room, Clients, Counting];

    /// <inheritdoc/>
    protected override Gap? Udp => NoUdp;

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(ScalewayLoadBalancerTweak)];

    /// <inheritdoc/>
    protected override void Check(LoadBalancer component, CloudChecks checks)
    {
        base.Check(component, checks);
        if (component.Args.Tweak<ScalewayLoadBalancerTweak>()?.Type is { } type)
            checks.Guard(component, Accepted).OneOf("ScalewayLoadBalancerTweak.Type", type, ScalewayLoadBalancerTweak.Types);
    }
}

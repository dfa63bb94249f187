using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>Where traffic enters a cluster, a service of type LoadBalancer waits for an address.</summary>
internal static class BalancerAddresses
{
    private static readonly Rule Given = Rule.Error("load-balancer-address", "The cluster gives an address to what traffic enters by");

    /// <summary>Refuses what would wait for an address in vain.</summary>
    /// <param name="component">What traffic from outside enters for.</param>
    /// <param name="traits">What the cluster can do.</param>
    /// <param name="checks">Where findings go.</param>
    public static void Check(Component component, ClusterTraits traits, CloudChecks checks)
    {
        if (traits.GivesAddresses) return;
        checks.Report(
            Given,
            component,
            "It needs an address for traffic from outside, infra:accounts.kubernetes.loadBalancers says that the cluster gives none, and "
            + "the update would wait for one in vain; allowed: a cluster that gives services of type LoadBalancer an address. "
            + "Install what does, such as MetalLB or cloud-provider-kind, and remove the setting.");
    }
}

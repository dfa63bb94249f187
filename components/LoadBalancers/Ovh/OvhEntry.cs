using System.Globalization;
using Infra.Components.Systems;

namespace Infra.Components.LoadBalancers.Ovh;

/// <summary>How traffic enters a cluster on OVHcloud: by a load balancer that the cluster makes for a service.</summary>
internal static class OvhEntry
{
    /// <summary>
    /// What a load balancer is told. OVHcloud's are proxies in the subnet, and the client's address is in a header only; they close idle
    /// connections after 50 seconds by themselves, below what is promised (its documentation: service annotations).
    /// </summary>
    /// <param name="idleSeconds">After how many idle seconds it may close connections.</param>
    /// <param name="args">The arguments of a load balancer; null for a relay.</param>
    public static IReadOnlyDictionary<string, string> Annotations(int idleSeconds, Arguments? args)
    {
        var milliseconds = (idleSeconds * 1000).ToString(CultureInfo.InvariantCulture);
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["loadbalancer.openstack.org/proxy-protocol"] = "true",
            ["loadbalancer.openstack.org/timeout-client-data"] = milliseconds,
            ["loadbalancer.openstack.org/timeout-member-data"] = milliseconds,
            ["loadbalancer.ovhcloud.com/flavor"] = args?.Tweak<OvhLoadBalancerTweak>()?.Flavor ?? OvhLoadBalancerTweak.Flavors[0],
        };
    }
}

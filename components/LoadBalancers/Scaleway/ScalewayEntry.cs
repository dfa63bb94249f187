using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Systems;
using Pulumi;
using Balancing = Pulumiverse.Scaleway.Loadbalancers;

namespace Infra.Components.LoadBalancers.Scaleway;

/// <summary>
/// How traffic enters a cluster on Scaleway: by a load balancer that Kapsule makes for a service, at an address that outlives it.
/// </summary>
internal static class ScalewayEntry
{
    private const string Annotation = "service.beta.kubernetes.io/scw-loadbalancer-";

    /// <summary>
    /// What a load balancer is told. Connections that lie idle are closed after ten minutes unless something else is said (Scaleway's cloud
    /// controller manager: load balancer annotations).
    /// </summary>
    /// <param name="idleSeconds">After how many idle seconds it may close connections.</param>
    public static IReadOnlyDictionary<string, string> Annotations(int idleSeconds)
    {
        var duration = string.Create(CultureInfo.InvariantCulture, $"{Math.Max(600, idleSeconds)}s");
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [Annotation + "timeout-client"] = duration,
            [Annotation + "timeout-tunnel"] = duration,
        };
    }

    /// <summary>
    /// Reserves an address. The load balancer passes connections on from an address of its own in the private network, and names the client
    /// in a header.
    /// </summary>
    /// <param name="name">The name of the component that it is for.</param>
    /// <param name="args">The arguments of a load balancer; null for a relay.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="options">The options of the component's child.</param>
    /// <param name="context">The stack's part.</param>
    public static ReservedAddress Reserve(
        string name,
        Arguments? args,
        IReadOnlyDictionary<string, string> tags,
        CustomResourceOptions options,
        ScalewayContext context)
    {
        var zone = context.Zones[0];
        var address = new Balancing.Ip(
            $"{name}-address",
            new() { Zone = zone, IsIpv6 = false, Tags = tags.AsTexts() },
            options.On(context.Provider));
        return new ReservedAddress(
            address.IpAddress,
            new Dictionary<string, Input<string>>
            {
                [Annotation + "ip-ids"] = ScalewayContext.Bare(address.Id),
                [Annotation + "proxy-protocol-v2"] = "true",
                [Annotation + "type"] = args?.Tweak<ScalewayLoadBalancerTweak>()?.Type ?? (context.IsProduction ? "LB-GP-M" : "LB-S"),
                [Annotation + "zone"] = zone,
            });
    }
}

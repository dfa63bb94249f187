using System.Globalization;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Runtimes.Gcp;
using Pulumi;
using Compute = Pulumi.Gcp.Compute;

namespace Infra.Components.LoadBalancers.Gcp;

/// <summary>
/// Where devices come in: an address of the region, which the machine of their broker bears, and the ports at which the firewall lets them
/// through to it. Nothing stands between them and the machine, which sees where each comes from; the address outlives it.
/// </summary>
internal sealed class GcpPortEntry : PlacedLoadBalancer<GcpGrantee>
{
    private const string Everywhere = "0.0.0.0/0";

    /// <summary>Builds the load balancer.</summary>
    /// <param name="balancer">The declared load balancer, whose listeners all lead to one service.</param>
    /// <param name="network">The network in which the service's machine stands.</param>
    /// <param name="runtime">What the stack runs on.</param>
    /// <param name="context">The stack's part.</param>
    public GcpPortEntry(LoadBalancer balancer, GcpPrivateNetwork network, GcpRuntime runtime, GcpContext context)
        : base(context.Place(balancer), balancer.Args)
    {
        var reserved = new Compute.Address(Name, new()
        {
            Project = context.Project,
            Region = context.Region,
            AddressType = "EXTERNAL",
            NetworkTier = "PREMIUM",
            DeletionPolicy = context.DeletionPolicy,
            Labels = Tags.Input(),
        }, Child(protect: context.Protect, dependsOn: runtime.Apis(Kind)));
        var sources = balancer.Args.AllowedSources.Count > 0 ? balancer.Args.AllowedSources : [Everywhere];
        foreach (var listener in balancer.Args.Listeners)
        {
            // Machines of services are known by the services' names.
            network.FirewallOf(listener.Service.Name).Ingress(
                string.Create(CultureInfo.InvariantCulture, $"{Name}-{listener.Port}-ingress"),
                $"Devices of {listener.Service.Name}",
                listener.Port,
                [.. sources.Select(Output.Create)],
                Child());
        }

        Complete(reserved.IPAddress, AddressKind.Ip);
    }
}

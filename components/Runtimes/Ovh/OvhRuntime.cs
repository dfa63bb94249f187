using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Networks;
using Infra.Components.Networks.Ovh;
using Pulumi;
using CloudProject = Pulumi.Ovh.CloudProject;

namespace Infra.Components.Runtimes.Ovh;

/// <summary>
/// Where containers run: a Kubernetes cluster of OVHcloud in the private network, with a pool of nodes per availability zone that grows and
/// shrinks with what is scheduled on it.
/// </summary>
internal sealed class OvhRuntime : PlacedComponent
{
    /// <summary>
    /// The version of Kubernetes. Dated 2026-11: available since April 2026 (OVHcloud's public roadmap). OVHcloud supports the three
    /// newest; it can be raised by one at a time, never lowered.
    /// </summary>
    public const string Version = "1.35";

    /// <summary>Builds the cluster.</summary>
    public OvhRuntime(OvhPrivateNetwork network, OvhContext context)
        : base(context.Place(RuntimeKind.Instance, "runtime"))
    {
        var region = context.Region;
        var args = new CloudProject.KubeArgs
        {
            ServiceName = context.Project,
            Name = context.Stack,
            Region = region.Code,
            Version = Version,
            Plan = region.ClusterPlan,
            UpdatePolicy = "MINIMAL_DOWNTIME",
            PrivateNetworkId = network.RegionalId,
            NodesSubnetId = network.SubnetId,
        };

        // Nodes of a free cluster have public addresses too: without this they would leave by those instead of the gateway's.
        if (!region.HasStandardPlan)
        {
            args.PrivateNetworkConfiguration = new CloudProject.Inputs.KubePrivateNetworkConfigurationArgs
            {
                DefaultVrackGateway = "",
                PrivateNetworkRoutingAsDefault = true,
            };
        }

        // OVHcloud refuses to change a plan, and its provider does nothing about another subnet: a preview must show the replacement that
        // they take.
        var options = Patient(Child(protect: context.Protect, dependsOn: [network.Gateway]));
        options.ReplaceOnChanges.AddRange(["nodesSubnetId", "plan"]);
        var cluster = new CloudProject.Kube(Name, args, options);

        var pools = Pools(cluster, Restrict(cluster, network, context), context).ToList();
        var provider = ClusterProvider.Arguments();
        provider.KubeConfig = cluster.Kubeconfig;
        provider.ClusterIdentifier = cluster.Id;

        // The kubeconfig is there before the cluster can be used; nodes are not.
        Provider = new Pulumi.Kubernetes.Provider($"{Name}-cluster", provider, Child(dependsOn: [pools[0]]));
        ClusterId = cluster.Id;
        RegisterOutputs();
    }

    /// <summary>The cluster's identifier.</summary>
    [Output]
    public Output<string> ClusterId { get; private set; }

    /// <summary>The cluster's explicit provider.</summary>
    public Pulumi.Kubernetes.Provider Provider { get; }

    // Before the nodes: a cluster that is being restricted takes no pools. Nodes reach the API by the gateway, and would lose it.
    private IEnumerable<Resource> Restrict(CloudProject.Kube cluster, OvhPrivateNetwork network, OvhContext context)
    {
        // Without administrators' addresses the API stays open to all who hold a kubeconfig, which the checks report.
        if (context.Blueprint.Settings.Accounts.Ovh is not { ApiAddresses: { Count: > 0 } addresses }) return [];
        var args = new CloudProject.KubeIpRestrictionsArgs { ServiceName = context.Project, KubeId = cluster.Id };
        foreach (var address in addresses) args.Ips.Add(address);
        args.Ips.Add(Output.Format($"{network.EgressAddresses}/32"));
        return [new CloudProject.KubeIpRestrictions($"{Name}-api", args, Patient(Child()))];
    }

    private IEnumerable<CloudProject.KubeNodePool> Pools(CloudProject.Kube cluster, IEnumerable<Resource> ready, OvhContext context)
    {
        var tweak = context.Blueprint.Model.Find<PrivateNetwork>()!.Args.Tweak<OvhRuntimeTweak>() ?? new();
        var nodes = OvhNodes.For(context.Blueprint, context.Region);
        foreach (var zone in nodes.Zones)
        {
            var grows = nodes.Maximum > nodes.Minimum;
            var args = new CloudProject.KubeNodePoolArgs
            {
                ServiceName = context.Project,
                KubeId = cluster.Id,
                FlavorName = nodes.Flavor,
                Autoscale = grows,
                DesiredNodes = nodes.Minimum,
                MinNodes = nodes.Minimum,
                MaxNodes = nodes.Maximum,
                AntiAffinity = tweak.AntiAffinity,
                MonthlyBilled = tweak.MonthlyBilling,
            };
            if (zone is not null) args.AvailabilityZones = [zone];

            // The flavor is part of the name: another one is another pool, whose nodes are there before the old ones go.
            var name = zone is null ? $"{Name}-{nodes.Flavor}" : $"{Name}-{nodes.Flavor}-{zone[^1]}";
            var options = Patient(Child(ignoreChanges: grows ? ["desiredNodes"] : [], dependsOn: ready));
            yield return new CloudProject.KubeNodePool(name, args, options);
        }
    }

    // Ten and twenty minutes, the provider's own patience, are not always enough.
    private static CustomResourceOptions Patient(CustomResourceOptions options)
    {
        options.CustomTimeouts = new CustomTimeouts
        {
            Create = TimeSpan.FromMinutes(60),
            Update = TimeSpan.FromMinutes(60),
            Delete = TimeSpan.FromMinutes(60),
        };
        return options;
    }
}

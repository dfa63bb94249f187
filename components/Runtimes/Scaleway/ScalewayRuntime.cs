using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Networks;
using Infra.Components.Networks.Scaleway;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Kapsule = Pulumiverse.Scaleway.Kubernetes;
using KapsuleInputs = Pulumiverse.Scaleway.Kubernetes.Inputs;

namespace Infra.Components.Runtimes.Scaleway;

/// <summary>
/// A Kapsule cluster in the private network, with a pool of nodes per architecture and zone. Nodes have no public address and reach their
/// control plane through the gateway. Pools grow when pods find no place; nothing grows beyond what the consumers' own bounds add up to.
/// </summary>
internal sealed class ScalewayRuntime : PlacedComponent
{
    /// <summary>The control plane that costs nothing by itself.</summary>
    public const string SharedControlPlane = "kapsule";

    // With automatic upgrades Kapsule wants the minor version alone and raises the patch by itself. It offered 1.34 to 1.36 in 2026-08.
    private const string Version = "1.35";

    private readonly List<Kapsule.Pool> _pools = [];

    /// <summary>Builds the cluster.</summary>
    public ScalewayRuntime(PrivateNetwork declared, ScalewayPrivateNetwork network, ScalewayContext context)
        : base(context.Place(RuntimeKind.Instance, "runtime"))
    {
        var tweak = declared.Args.Tweak<ScalewayRuntimeTweak>() ?? new();
        var cluster = new Kapsule.Cluster(
            Name,
            new()
            {
                Region = context.Region,
                Type = ControlPlane(tweak, context.IsProduction),
                Version = Version,
                Cni = "cilium",
                PrivateNetworkId = network.NetworkId,
                Description = $"Cluster of {context.Stack}",

                // True deletes volumes and load balancers that are not in the stack, and the private network where it is left empty: fine
                // where everything may go at any moment.
                DeleteAdditionalResources = !IsProtected,
                AutoUpgrade = new KapsuleInputs.ClusterAutoUpgradeArgs
                {
                    Enable = true,
                    MaintenanceWindowDay = "sunday",
                    MaintenanceWindowStartHour = 2,
                },
                AutoscalerConfig = new KapsuleInputs.ClusterAutoscalerConfigArgs
                {
                    BalanceSimilarNodeGroups = true,
                    ScaleDownDelayAfterAdd = "10m",
                    ScaleDownUnneededTime = "10m",
                    ScaleDownUtilizationThreshold = 0.5,
                },
                Tags = Tags.AsTexts(),
            },
            Patient(Child(protect: context.Protect, dependsOn: network.Ways)));
        Restrict(cluster, network, context);

        var consumers = context.On<Consumer>().ToList();
        foreach (var architecture in Architectures(context.Blueprint))
        {
            var loads = consumers.Where(consumer => consumer.Container.Architecture == architecture).Select(Load.Of).ToList();
            AddPools(cluster, architecture, loads, tweak, declared.Args.Zones, network, context);
        }

        // The kubeconfig can be had before there are nodes, and the API's name does not resolve until then.
        var access = ClusterProvider.Arguments();
        access.KubeConfig = Output.Tuple(cluster.Kubeconfigs, _pools[0].Id).Apply(ready => ready.Item1[0].ConfigFile!);
        access.ClusterIdentifier = cluster.Id;
        Provider = new Pulumi.Kubernetes.Provider($"{Name}-cluster", access, Child(dependsOn: _pools));
        ClusterId = cluster.Id;
        RegisterOutputs();
    }

    /// <summary>The provider of everything in the cluster.</summary>
    public Pulumi.Kubernetes.Provider Provider { get; }

    /// <summary>The cluster's identifier.</summary>
    [Output]
    public Output<string> ClusterId { get; private set; }

    /// <summary>The control plane of a cluster.</summary>
    public static string ControlPlane(ScalewayRuntimeTweak tweak, bool isProduction) =>
        tweak.ControlPlane ?? (isProduction ? "kapsule-dedicated-4" : SharedControlPlane);

    /// <summary>The architectures of which a stack needs nodes. What runs in every cluster is built for x86-64 at least.</summary>
    public static IEnumerable<CpuArchitecture> Architectures(Blueprint blueprint) => blueprint.On<Consumer>(Cloud.Scaleway)
        .Select(consumer => consumer.Container.Architecture)
        .Append(CpuArchitecture.Amd64)
        .Distinct()
        .Order();

    private void Restrict(Kapsule.Cluster cluster, ScalewayPrivateNetwork network, ScalewayContext context)
    {
        // Without administrators' addresses the API stays open to all who hold a kubeconfig, which the checks report.
        if (context.Blueprint.Settings.Accounts.Scaleway is not { ApiAddresses: { Count: > 0 } addresses }) return;
        var acl = new Kapsule.AclArgs { ClusterId = cluster.Id, Region = context.Region };
        foreach (var address in addresses)
            acl.AclRules.Add(new KapsuleInputs.AclAclRuleArgs { Ip = address, Description = "administrators" });
        foreach (var address in network.EgressAddressList)
            acl.AclRules.Add(new KapsuleInputs.AclAclRuleArgs { Ip = Output.Format($"{address}/32"), Description = "nodes" });
        _ = new Kapsule.Acl($"{Name}-api", acl, Child());
    }

    private void AddPools(
        Kapsule.Cluster cluster,
        CpuArchitecture architecture,
        IReadOnlyList<Load> loads,
        ScalewayRuntimeTweak tweak,
        int zones,
        ScalewayPrivateNetwork network,
        ScalewayContext context)
    {
        var type = architecture == CpuArchitecture.Amd64 && tweak.NodeType is { } chosen
            ? ScalewayNodes.Find(chosen)!
            : ScalewayNodes.TypeFor(architecture, loads)!;
        var places = ScalewayNodes.ZonesWith(type, context.Zones).Take(context.IsProduction ? zones : 1).ToList();
        var most = Math.Max(2, (int)Math.Ceiling((double)ScalewayNodes.Nodes(type, loads) / places.Count));
        foreach (var (zone, index) in places.Select((zone, index) => (zone, index)))
        {
            // A pool's type and zone cannot change, and Kapsule wants every pool's name once: with the type in the name, new nodes come
            // first.
            _pools.Add(new Kapsule.Pool(
                $"{Name}-{type.Code.ToLowerInvariant()}-{index + 1}",
                new()
                {
                    ClusterId = cluster.Id,
                    Region = context.Region,
                    Zone = zone,
                    NodeType = type.Code,
                    Size = 1,
                    MinSize = 1,
                    MaxSize = most,
                    Autoscaling = true,
                    Autohealing = true,
                    PublicIpDisabled = true,
                    RootVolumeType = "sbs_5k",
                    RootVolumeSizeInGb = 50,
                    WaitForPoolReady = true,
                    UpgradePolicy = new KapsuleInputs.PoolUpgradePolicyArgs { MaxSurge = 1, MaxUnavailable = 0 },

                    // Kapsule makes labels of nodes of them.
                    Tags = Tags.ToDictionary(tag => tag.Key, tag => ClusterContext.LabelValue(tag.Value)).AsTexts(),
                },
                Patient(Child(ignoreChanges: ["size"], dependsOn: network.Ways))));
        }
    }

    private static CustomResourceOptions Patient(CustomResourceOptions options)
    {
        options.CustomTimeouts = new CustomTimeouts
        {
            Create = TimeSpan.FromMinutes(30),
            Update = TimeSpan.FromMinutes(60),
            Delete = TimeSpan.FromMinutes(30),
        };
        return options;
    }
}

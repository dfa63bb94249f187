using System.Globalization;
using Infra.Components.Clouds.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Apps.V1;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Components.Services.Kubernetes;

/// <summary>
/// The members of a set, as a stateful set has them: each with a name, and the volumes that bear it. They start together, because most find
/// each other before any of them is ready; an update replaces one after another all the same, from the highest number on, and waits until
/// each is ready (Kubernetes documentation: StatefulSets, pod management policies and rolling updates).
/// </summary>
internal static class KubernetesMembers
{
    /// <summary>Creates the set.</summary>
    /// <param name="service">The service.</param>
    /// <param name="members">How many members it has.</param>
    /// <param name="template">The members' template.</param>
    /// <param name="volumes">Their volumes.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="tags">The tags of the component.</param>
    /// <param name="options">The set's options.</param>
    public static StatefulSet Create(
        ContainerService service,
        int members,
        PodTemplateSpecArgs template,
        IReadOnlyList<PodVolume> volumes,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        CustomResourceOptions options)
    {
        var spec = new StatefulSetSpecArgs
        {
            Replicas = members,
            ServiceName = ClusterContext.NamingServiceOf(service.Name),
            Selector = NetworkAccess.Select(ClusterContext.Selector(service.Name)),
            PodManagementPolicy = "Parallel",
            RevisionHistoryLimit = 5,
            UpdateStrategy = new StatefulSetUpdateStrategyArgs { Type = "RollingUpdate" },
            // No claim goes with the set, or with a member: those that do, go by Pulumi.
            PersistentVolumeClaimRetentionPolicy = new StatefulSetPersistentVolumeClaimRetentionPolicyArgs
            {
                WhenDeleted = "Retain",
                WhenScaled = "Retain",
            },
            Template = template,
        };
        foreach (var volume in volumes) spec.VolumeClaimTemplates.Add(volume.Template);
        return new StatefulSet(
            service.Name,
            new StatefulSetArgs { Metadata = cluster.Named(service.Name, service.Name, tags), Spec = spec },
            options);
    }

    /// <summary>
    /// Creates the service without an address by which each member has its name, also before it is ready: members that wait for each other
    /// could not find each other otherwise. Names lead to the pods themselves, so that their own ports are those of callers.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="tags">The tags of the component.</param>
    /// <param name="options">The service's options.</param>
    public static Service Name(
        ContainerService service,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        CustomResourceOptions options)
    {
        var selector = new InputMap<string>();
        foreach (var (key, value) in ClusterContext.Selector(service.Name)) selector.Add(key, value);
        var name = ClusterContext.NamingServiceOf(service.Name);
        return new Service(
            name,
            new ServiceArgs
            {
                Metadata = cluster.Named(name, service.Name, tags),
                Spec = new ServiceSpecArgs
                {
                    Type = "ClusterIP",
                    ClusterIP = "None",
                    PublishNotReadyAddresses = true,
                    Selector = selector,
                    Ports =
                    [
                        .. service.Args.MorePorts.Prepend(service.Args.Port!.Value).Select(port => new ServicePortArgs
                        {
                            Name = string.Create(CultureInfo.InvariantCulture, $"port-{port}"),
                            Port = port,
                            TargetPort = port,
                        }),
                    ],
                },
            },
            options);
    }
}

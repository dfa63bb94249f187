using Infra.Components.Addons.Kubernetes;
using Infra.Components.Caches.Ovh;
using Infra.Components.Certificates.Kubernetes;
using Infra.Components.Checks;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Databases.Ovh;
using Infra.Components.Identities.Kubernetes;
using Infra.Components.Jobs.Kubernetes;
using Infra.Components.LoadBalancers.Kubernetes;
using Infra.Components.LoadBalancers.Ovh;
using Infra.Components.Networks.Ovh;
using Infra.Components.Placements;
using Infra.Components.Relays.Kubernetes;
using Infra.Components.Runtimes.Ovh;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;

namespace Infra.Components.Clouds;

/// <summary>OVHcloud Public Cloud. Containers run on a Kubernetes cluster that it manages, by the same classes as on a given one; stores are its own.</summary>
internal sealed class OvhCloud : ICloud
{
    /// <summary>What it offers.</summary>
    public static IReadOnlyDictionary<ComponentKind, Offer> Table { get; } = new Dictionary<ComponentKind, Offer>
    {
        [ComponentKind.PrivateNetwork] = new(Backing.Native, "OVHcloud private network and gateway", "The project needs a vRack. Every zone leaves by one gateway; flows are not logged."),
        [ComponentKind.ContainerRegistry] = new(Backing.Native, "OVHcloud Managed Private Registry", "Retention is set in Harbor itself; its user may push as well as pull."),
        [ComponentKind.Runtime] = new(Backing.Native, "OVHcloud Managed Kubernetes"),
        [ComponentKind.ServiceIdentity] = new(Backing.Native, KubernetesServiceIdentity.Product, "Logins and keys are users of OVHcloud, one per link."),
        [ComponentKind.ClusterAddon] = new(Backing.InCluster, KubernetesClusterAddon.Product),
        [ComponentKind.Relay] = new(Backing.InCluster, KubernetesRelay.Product, "At most 10 targets. Buckets alone need none: their API is public."),
        [ComponentKind.DnsZone] = new(Backing.External, "OVHcloud DNS", "The zone must exist: ordering one is a purchase."),
        [ComponentKind.DnsRecord] = new(Backing.Native, "OVHcloud DNS", "No weights."),
        [ComponentKind.Certificate] = new(Backing.InCluster, KubernetesCertificate.Product, "Wildcards need their zone on OVHcloud too."),
        [ComponentKind.Bucket] = new(Backing.Native, "OVHcloud Object Storage", "CORS is set by the S3 API, not here; an archive class in regions of several zones only."),
        [ComponentKind.ManagedDatabase] = new(
            Backing.Native,
            "OVHcloud Public Cloud Databases",
            "The plan decides the days of backups, 30 at most; regions of several zones have two nodes at least. Clients encrypt without verifying the server."),
        [ComponentKind.Cache] = new(Backing.Native, "OVHcloud Public Cloud Databases for Valkey", "What a full cache forgets cannot be chosen. Clients encrypt without verifying the server."),
        [ComponentKind.LoadBalancer] = new(Backing.InCluster, KubernetesLoadBalancer.Product),
        [ComponentKind.ContainerService] = new(Backing.Native, KubernetesContainerService.Product, "x86-64 only. Images run as a user other than root."),
        [ComponentKind.Job] = new(Backing.Native, KubernetesJob.Product, "x86-64 only. Images run as a user other than root."),
    };

    /// <inheritdoc/>
    public Cloud Cloud => Cloud.Ovh;

    /// <inheritdoc/>
    public IReadOnlyDictionary<ComponentKind, Offer> Offers => Table;

    /// <inheritdoc/>
    public IReadOnlyDictionary<Type, IReadOnlyList<ComponentKind>> Tweaks { get; } = new Dictionary<Type, IReadOnlyList<ComponentKind>>
    {
        // Services and jobs run on its Kubernetes, where the same classes build them.
        [typeof(KubernetesServiceTweak)] = [ComponentKind.ContainerService, ComponentKind.Job],
        [typeof(OvhCacheTweak)] = [ComponentKind.Cache],
        [typeof(OvhDatabaseTweak)] = [ComponentKind.ManagedDatabase],
        [typeof(OvhLoadBalancerTweak)] = [ComponentKind.LoadBalancer],
        [typeof(OvhNetworkTweak)] = [ComponentKind.PrivateNetwork],
        [typeof(OvhRuntimeTweak)] = [ComponentKind.PrivateNetwork],
    };

    /// <inheritdoc/>
    public void Check(Blueprint blueprint, Findings findings)
    {
        new OvhChecks(blueprint, findings).Run();
        new ClusterChecks(blueprint, Cloud, OvhBuild.TraitsOf(blueprint), encrypted: true, findings).RunForServices();
    }

    /// <inheritdoc/>
    public ICloudBuild Begin(Blueprint blueprint, ValueProviders values) => new OvhBuild(blueprint, values);
}

using Infra.Components.Addons.Kubernetes;
using Infra.Components.Caches.Scaleway;
using Infra.Components.Certificates.Kubernetes;
using Infra.Components.Checks;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Databases.Scaleway;
using Infra.Components.Dns.Scaleway;
using Infra.Components.Identities.Kubernetes;
using Infra.Components.Jobs.Kubernetes;
using Infra.Components.LoadBalancers.Kubernetes;
using Infra.Components.LoadBalancers.Scaleway;
using Infra.Components.Networks.Scaleway;
using Infra.Components.Placements;
using Infra.Components.Relays.Kubernetes;
using Infra.Components.Runtimes.Scaleway;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;

namespace Infra.Components.Clouds;

/// <summary>Scaleway: stores, network and DNS are its own; containers run on its managed Kubernetes.</summary>
internal sealed class ScalewayCloud : ICloud
{
    /// <summary>What it offers.</summary>
    public static IReadOnlyDictionary<ComponentKind, Offer> Table { get; } = new Dictionary<ComponentKind, Offer>
    {
        [ComponentKind.PrivateNetwork] = new(Backing.Native, "Scaleway VPC", "One Public Gateway, in one zone, leads out; flows are not logged."),
        [ComponentKind.ContainerRegistry] = new(Backing.Native, "Scaleway Container Registry", "Images are kept until someone deletes them."),
        [ComponentKind.Runtime] = new(Backing.Native, "Scaleway Kapsule", "Nodes have no public address."),
        [ComponentKind.ServiceIdentity] = new(
            Backing.Native,
            KubernetesServiceIdentity.Product,
            "Pods have no identity towards Scaleway: where they need one, an IAM application has a key until the day that the stack file names; another day rotates it."),
        [ComponentKind.ClusterAddon] = new(Backing.InCluster, KubernetesClusterAddon.Product),
        [ComponentKind.Relay] = new(Backing.InCluster, KubernetesRelay.Product, "Behind a Scaleway Load Balancer with a reserved address; buckets need keys only."),
        [ComponentKind.DnsZone] = new(Backing.Native, "Scaleway Domains and DNS"),
        [ComponentKind.Certificate] = new(Backing.InCluster, KubernetesCertificate.Product, "Validated through the zone; through the load balancer where the zone stands elsewhere, which excludes wildcards."),
        [ComponentKind.Bucket] = new(
            Backing.Native,
            "Scaleway Object Storage",
            "IAM grants access per project: a consumer's key opens every bucket of the project, to read or to write. Give sensitive data a project of its own."),
        [ComponentKind.ManagedDatabase] = new(
            Backing.Native,
            "Scaleway Managed Database",
            "MySQL 8.0 only. Backups are daily snapshots. The standby is in the same zone. Another version is a copy: what is written while it is made is lost, so stop writers before. The server accepts plain connections too; consumers are told to verify TLS."),
        [ComponentKind.Cache] = new(
            Backing.Native,
            "Scaleway Managed Database for Redis",
            "Up to 16 GiB. Consumers share its one login. The standby is in the same zone; one that comes or goes replaces the cache, with what it holds. Not encrypted at rest."),
        [ComponentKind.LoadBalancer] = new(Backing.InCluster, KubernetesLoadBalancer.Product, "Behind a Scaleway Load Balancer with a reserved address."),
        [ComponentKind.ContainerService] = new(Backing.Native, KubernetesContainerService.Product, "Images run as a user other than root."),
        [ComponentKind.Job] = new(Backing.Native, KubernetesJob.Product, "Images run as a user other than root."),
        [ComponentKind.DnsRecord] = new(Backing.Native, "Scaleway Domains and DNS", "Weights for addresses only, not for host names."),
    };

    /// <inheritdoc/>
    public Cloud Cloud => Cloud.Scaleway;

    /// <inheritdoc/>
    public IReadOnlyDictionary<ComponentKind, Offer> Offers => Table;

    /// <inheritdoc/>
    public IReadOnlyDictionary<Type, IReadOnlyList<ComponentKind>> Tweaks { get; } = new Dictionary<Type, IReadOnlyList<ComponentKind>>
    {
        // Services and jobs run on its Kubernetes, where the same classes build them.
        [typeof(KubernetesServiceTweak)] = [ComponentKind.ContainerService, ComponentKind.Job],
        [typeof(ScalewayCacheTweak)] = [ComponentKind.Cache],
        [typeof(ScalewayDatabaseTweak)] = [ComponentKind.ManagedDatabase],
        [typeof(ScalewayDnsTweak)] = [ComponentKind.DnsZone],
        [typeof(ScalewayLoadBalancerTweak)] = [ComponentKind.LoadBalancer],
        [typeof(ScalewayNetworkTweak)] = [ComponentKind.PrivateNetwork],
        [typeof(ScalewayRuntimeTweak)] = [ComponentKind.PrivateNetwork],
    };

    /// <inheritdoc/>
    public void Check(Blueprint blueprint, Findings findings)
    {
        new ScalewayChecks(blueprint, findings).Run();
        new ClusterChecks(blueprint, Cloud, ScalewayBuild.TraitsOf(blueprint), encrypted: true, findings).RunForServices();
    }

    /// <inheritdoc/>
    public ICloudBuild Begin(Blueprint blueprint, ValueProviders values) => new ScalewayBuild(blueprint, values);
}

using Infra.Components.Caches.Gcp;
using Infra.Components.Checks;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Databases.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Placements;
using Infra.Components.Services.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Clouds;

/// <summary>Google Cloud.</summary>
internal sealed class GcpCloud : ICloud
{
    /// <summary>What it offers.</summary>
    public static IReadOnlyDictionary<ComponentKind, Offer> Table { get; } = new Dictionary<ComponentKind, Offer>
    {
        [ComponentKind.PrivateNetwork] = new(Backing.Native, "VPC", "Subnets and address translation span all zones: a gateway per zone changes nothing."),
        [ComponentKind.ContainerRegistry] = new(Backing.Native, "Artifact Registry", "Untagged images among the most recent ones are kept too."),
        [ComponentKind.Runtime] = new(Backing.Native, "Cloud Run", "There is no cluster: only APIs to enable."),
        [ComponentKind.ServiceIdentity] = new(Backing.Native, "IAM"),
        [ComponentKind.ClusterAddon] = new(Backing.None, "containers run on Cloud Run, which needs no cluster-wide add-on", "Remove the add-on."),
        [ComponentKind.Relay] = new(Backing.Native, "HAProxy on Compute Engine"),
        [ComponentKind.DnsZone] = new(Backing.Native, "Cloud DNS"),
        [ComponentKind.Certificate] = new(Backing.Native, "Certificate Manager", "Nothing waits until it is issued, which takes up to half an hour."),
        [ComponentKind.Bucket] = new(Backing.Native, "Cloud Storage", "Speaks the S3 protocol with a key per consumer."),
        [ComponentKind.ManagedDatabase] = new(Backing.Native, "Cloud SQL", "One can go back to any moment of 7 days, 35 in the Enterprise Plus edition; clients verify the server's authority, not its name."),
        [ComponentKind.Cache] = new(Backing.Native, "Memorystore for Redis", "One login for all consumers; an intent to read is not enforced."),
        [ComponentKind.LoadBalancer] = new(Backing.Native, "Cloud Load Balancing"),
        [ComponentKind.ContainerService] = new(Backing.Native, "Cloud Run", "x86-64 only; 10 seconds to stop; workers have a fixed number of replicas."),
        [ComponentKind.Job] = new(Backing.Native, "Cloud Run", "x86-64 only."),
        [ComponentKind.DnsRecord] = new(Backing.Native, "Cloud DNS"),
    };

    /// <inheritdoc/>
    public Cloud Cloud => Cloud.Gcp;

    /// <inheritdoc/>
    public IReadOnlyDictionary<ComponentKind, Offer> Offers => Table;

    /// <inheritdoc/>
    public IReadOnlyDictionary<Type, IReadOnlyList<ComponentKind>> Tweaks { get; } = new Dictionary<Type, IReadOnlyList<ComponentKind>>
    {
        [typeof(GcpCacheTweak)] = [ComponentKind.Cache],
        [typeof(GcpDatabaseTweak)] = [ComponentKind.ManagedDatabase],
        [typeof(GcpNetworkTweak)] = [ComponentKind.PrivateNetwork],
        [typeof(GcpServiceTweak)] = [ComponentKind.ContainerService],
    };

    /// <inheritdoc/>
    public void Check(Blueprint blueprint, Findings findings) => new GcpChecks(blueprint, findings).Run();

    /// <inheritdoc/>
    public ICloudBuild Begin(Blueprint blueprint, ValueProviders values) => new GcpBuild(blueprint, values);
}

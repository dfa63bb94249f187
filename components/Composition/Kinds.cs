using Infra.Components.Addons;
using Infra.Components.Brokers;
using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Certificates;
using Infra.Components.ContentDelivery;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.Externals;
using Infra.Components.Identities;
using Infra.Components.Jobs;
using Infra.Components.LoadBalancers;
using Infra.Components.Mail;
using Infra.Components.Networks;
using Infra.Components.Queues;
using Infra.Components.Registries;
using Infra.Components.Relays;
using Infra.Components.Runtimes;
using Infra.Components.Search;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Streams;
using Infra.Components.Systems;

namespace Infra.Components.Composition;

/// <summary>Every kind of component.</summary>
public static class Kinds
{
    /// <summary>The kinds, in the order in which tables list them; within a stage, components are built in this order.</summary>
    public static IReadOnlyList<ComponentKind> All { get; } =
    [
        PrivateNetworkKind.Instance,
        ContainerRegistryKind.Instance,
        RuntimeKind.Instance,
        ServiceIdentityKind.Instance,
        ClusterAddonKind.Instance,
        RelayKind.Instance,
        DnsZoneKind.Instance,
        CertificateKind.Instance,
        BucketKind.Instance,
        ManagedDatabaseKind.Instance,
        LogicalDatabaseKind.Instance,
        ReadReplicaKind.Instance,
        CacheKind.Instance,
        QueueKind.Instance,
        MessageBrokerKind.Instance,
        EventStreamKind.Instance,
        SearchEngineKind.Instance,
        ExternalKind.Instance,
        MailSenderKind.Instance,
        SecretKind.Instance,
        LoadBalancerKind.Instance,
        CdnKind.Instance,
        ContainerServiceKind.Instance,
        JobKind.Instance,
        ScheduledJobKind.Instance,
        DnsRecordKind.Instance,
    ];
}

using System.Text.Json.Nodes;
using Infra.Components.Addons;
using Infra.Components.Brokers;
using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Composition;
using Infra.Components.ContentDelivery;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.Externals;
using Infra.Components.Identities;
using Infra.Components.Jobs;
using Infra.Components.LoadBalancers;
using Infra.Components.Mail;
using Infra.Components.Networks;
using Infra.Components.Placements;
using Infra.Components.Queues;
using Infra.Components.Registries;
using Infra.Components.Relays;
using Infra.Components.Runtimes;
using Infra.Components.Search;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Streams;
using Infra.Components.Systems;
using Infra.Tests.Examples;
using Infra.Tests.Testing;

namespace Infra.Tests.Pages;

/// <summary>Every component folder that has a page.</summary>
internal static class ComponentPages
{
    /// <summary>The pages.</summary>
    public static IReadOnlyList<ComponentPage> All { get; } =
    [
        new("Networks", new NetworksExample(), PrivateNetworkKind.Instance),
        new("Services", new ServicesExample(), ContainerServiceKind.Instance),
        new("Jobs", new JobsExample(), JobKind.Instance, ScheduledJobKind.Instance),
        new("LoadBalancers", new LoadBalancersExample(), LoadBalancerKind.Instance),
        new("ContentDelivery", new ContentDeliveryExample(), CdnKind.Instance) { Settings = BySupplierElsewhere },
        new("Certificates", new CertificatesExample(), CertificateKind.Instance),
        new("Dns", new DnsExample(), DnsZoneKind.Instance, DnsRecordKind.Instance),
        new("Databases", new DatabasesExample(), ManagedDatabaseKind.Instance, LogicalDatabaseKind.Instance, ReadReplicaKind.Instance),
        new("Caches", new CachesExample(), CacheKind.Instance),
        new("Queues", new QueuesExample(), QueueKind.Instance),
        new("Brokers", new BrokersExample(), MessageBrokerKind.Instance),
        new("Streams", new StreamsExample(), EventStreamKind.Instance),
        new("Search", new SearchExample(), SearchEngineKind.Instance),
        new("Externals", new ExternalsExample(), ExternalKind.Instance),
        new("Mail", new MailExample(), MailSenderKind.Instance) { Settings = ByRelayElsewhere },
        new("Secrets", new SecretsExample(), SecretKind.Instance),
        new("Buckets", new BucketsExample(), BucketKind.Instance),
        new("Registries", new RegistriesExample(), ContainerRegistryKind.Instance),
        new("Addons", new AddonsExample(), ClusterAddonKind.Instance),
        new("Relays", new RelaysExample(), RelayKind.Instance) { Settings = AcrossClouds },
        new("Identities", new IdentitiesExample(), ServiceIdentityKind.Instance),
        new("Runtimes", new RuntimesExample(), RuntimeKind.Instance),
    ];

    /// <summary>
    /// Where the consumer stands when what it uses stands on another cloud: in a cluster, whose addresses the stack file states.
    /// </summary>
    public static CloudFixture ConsumerOf(Cloud cloud) => cloud == Cloud.Kubernetes ? new AwsFixture() : new KubernetesFixture();

    // Where a cloud has no service that sends mails, the stack file names a relay.
    private static StackSettings ByRelayElsewhere(SystemDeclaration system, Cloud cloud)
    {
        var settings = TestSettings.For(cloud, EnvironmentKind.Production, system);
        if (CloudIndex.Of(cloud).Find(MailSenderKind.Instance)!.Offer.Backing == Backing.Native) return settings;
        var relay = new JsonObject { ["host"] = "smtp.relay.example", ["spf"] = "include:spf.relay.example" };
        return settings with { Components = new Dictionary<string, JsonObject> { ["mail"] = new() { ["relay"] = relay } } };
    }

    // Where a cloud has no content delivery network, the stack file names a supplier's.
    private static StackSettings BySupplierElsewhere(SystemDeclaration system, Cloud cloud)
    {
        var settings = TestSettings.For(cloud, EnvironmentKind.Production, system);
        if (CloudIndex.Of(cloud).Find(CdnKind.Instance)!.Offer.Backing == Backing.Native) return settings;
        var assets = new JsonObject { ["supplier"] = "shop.cdn.example" };
        return settings with { Components = new Dictionary<string, JsonObject> { ["assets"] = assets } };
    }

    private static StackSettings AcrossClouds(SystemDeclaration system, Cloud cloud) =>
        TestSettings.For(cloud, EnvironmentKind.Production, system) with
        {
            Placement = new Dictionary<string, Cloud> { ["shop"] = ConsumerOf(cloud).Cloud },
        };
}

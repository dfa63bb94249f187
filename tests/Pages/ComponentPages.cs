using Infra.Components.Placements;
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
        new("Networks", new NetworksExample(), ComponentKind.PrivateNetwork),
        new("Services", new ServicesExample(), ComponentKind.ContainerService),
        new("Jobs", new JobsExample(), ComponentKind.Job),
        new("LoadBalancers", new LoadBalancersExample(), ComponentKind.LoadBalancer),
        new("Certificates", new CertificatesExample(), ComponentKind.Certificate),
        new("Dns", new DnsExample(), ComponentKind.DnsZone, ComponentKind.DnsRecord),
        new("Databases", new DatabasesExample(), ComponentKind.ManagedDatabase),
        new("Caches", new CachesExample(), ComponentKind.Cache),
        new("Buckets", new BucketsExample(), ComponentKind.Bucket),
        new("Registries", new RegistriesExample(), ComponentKind.ContainerRegistry),
        new("Addons", new AddonsExample(), ComponentKind.ClusterAddon),
        new("Relays", new RelaysExample(), ComponentKind.Relay) { Settings = AcrossClouds },
        new("Identities", new IdentitiesExample(), ComponentKind.ServiceIdentity),
        new("Runtimes", new RuntimesExample(), ComponentKind.Runtime),
    ];

    /// <summary>Where the consumer stands when what it uses stands on another cloud: in a cluster, whose addresses the stack file states.</summary>
    public static CloudFixture ConsumerOf(Cloud cloud) => cloud == Cloud.Kubernetes ? new AwsFixture() : new KubernetesFixture();

    private static StackSettings AcrossClouds(SystemDeclaration system, Cloud cloud) =>
        TestSettings.For(cloud, EnvironmentKind.Production, system) with { Placement = new Dictionary<string, Cloud> { ["shop"] = ConsumerOf(cloud).Cloud } };
}

using Infra.Components.Buckets;
using Infra.Components.Buckets.Aws;
using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Composition;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Stacks;
using Infra.Tests.Pages;
using Infra.Tests.Testing;

namespace Infra.Tests.Facts;

/// <summary>
/// Every resource type that some plan holds: plans of this repository's systems and of the components' examples on every cloud
/// and in every environment, of variants of them, and of what is used from another cloud.
/// </summary>
internal static class PlannedTypes
{
    private static readonly EnvironmentKind[] Environments = Enum.GetValues<EnvironmentKind>();

    private static readonly ExistingCertificate Shared = new() { Id = "platform/wildcard-tls", Domains = ["*.shop.example"] };

    private static readonly Lazy<IReadOnlyList<Plan>> Planned = new(() => [.. Systems(), .. Examples(), .. Variants(), .. AcrossClouds()]);

    /// <summary>The plans.</summary>
    public static IReadOnlyList<Plan> Plans => Planned.Value;

    /// <summary>The types, those of providers included.</summary>
    public static IReadOnlySet<string> All { get; } = Plans
        .SelectMany(plan => plan.Resources)
        .Select(resource => resource.Type)
        .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<Plan> Systems() =>
        from cloud in Fixtures.Clouds
        from environment in Environments
        select Rehearsal.Run(new Familink(), RepositoryStacks.Settings("familink-production", cloud) with { Environment = environment });

    private static IEnumerable<Plan> Examples() =>
        from page in ComponentPages.All
        from cloud in Fixtures.Clouds
        where page.Kinds.All(kind => kind.IsFoundation || CloudIndex.Of(cloud).Find(kind) is not null)
        from environment in Environments
        select Rehearsal.Run(page.Example, page.Settings(page.Example, cloud) with { Environment = environment });

    // What no example declares, and what changes with it: another engine, a key of the stack's own, certificates that only a zone can
    // prove, and volumes.
    private static IEnumerable<Plan> Variants() =>
        from cloud in Fixtures.Clouds
        let version = cloud == Cloud.Scaleway ? "8.0" : "8.4"
        from declare in new Action<Model>[]
        {
            model => DeclareVariant(model, version, hasVolumes: cloud != Cloud.Gcp, hasMembers: cloud is not (Cloud.Aws or Cloud.Gcp)),
            model => DeclarePorts(model, Fixtures.Of(cloud).Transports, cloud is Cloud.Aws or Cloud.Gcp ? null : Shared),
        }
        let system = TestSystems.Declare(declare)
        from environment in Environments
        select Rehearsal.Run(system, Fixtures.Of(cloud).SettingsFor(system, environment));

    private static void DeclareVariant(Model model, string version, bool hasVolumes, bool hasMembers)
    {
        if (hasMembers)
        {
            model.Add(new ContainerService("search", new()
            {
                Port = 9200,
                User = 1000,
                Scaling = new() { Members = 3 },
                Volumes = [new() { Path = "/var/lib/search" }],
            }));
        }

        if (hasVolumes)
        {
            model.Add(new ContainerService("library", new()
            {
                User = 1000,
                Scaling = new() { AtMostOne = true },
                Volumes = [new() { Path = "/var/lib/library" }],
            }));
        }

        var orders = model.Add(new ManagedDatabase("orders", new() { Engine = DatabaseEngine.MySql, Version = version }));
        const string Key = "arn:aws:kms:eu-west-3:111122223333:key/0a1b2c3d";
        model.Add(new Bucket("archive", new() { Tweaks = [new AwsBucketTweak { KmsKeyArn = Key }] }));
        var zone = model.Add(new DnsZone("zone"));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["*"], Zone = zone }));
        var shop = model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders);
        var grpc = new HealthCheck { Protocol = HealthProtocol.Grpc };
        shop.Calls(model.Add(new ContainerService("prices", new() { Port = 9090, HealthCheck = grpc })));
        var night = new ScalingSchedule { From = "0 22 * * *", Until = "0 5 * * *", Minimum = 3, Maximum = 6 };
        model.Add(new ContainerService("report", new() { Scaling = new() { Schedules = [night] } })).Reads(orders);
        model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(shop, "www")] }));
    }

    private static void DeclarePorts(Model model, IReadOnlyList<string> transports, ExistingCertificate? existing)
    {
        var zone = model.Add(new DnsZone("zone"));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["*"], Zone = zone }));
        var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
        model.Add(new LoadBalancer("edge", new()
        {
            Certificate = certificate,
            Routes = [new(shop, "www")],
            Listeners = transports
                .Select(transport => new Listener(shop, 3478, transport == "udp" ? ListenerProtocol.Udp : ListenerProtocol.Tcp))
                .Select((listener, index) => listener with { Port = listener.Port + index })
                .ToList(),
        }));
        model.Add(new LoadBalancer("office", new()
        {
            Certificate = certificate,
            Certificates =
            [
                model.Add(new Certificate("office-certificate", new() { Hosts = ["office"], Zone = zone })),
                .. existing is null
                    ? Enumerable.Empty<Certificate>()
                    : [model.Add(new Certificate("shared", new() { Hosts = ["*"], Zone = zone, Existing = existing }))],
            ],
            Routes = [new(shop, "office") { AllowedSources = ["203.0.113.7/32"] }],
            Listeners = existing is null ? [] : [new(shop, 8443, ListenerProtocol.TlsPassthrough) { Host = "office" }],
            AllowedSources = ["203.0.113.0/24"],
            RequestsPerMinute = 600,
        }));
    }

    private static IEnumerable<Plan> AcrossClouds() =>
        from probe in KindProbe.Reached
        let system = TestSystems.Declare(model =>
            probe.Use(model.Add(new ContainerService("shop", new() { Port = 8080 })), probe.Declare(model)))
        from target in Fixtures.Clouds
        from consumer in Fixtures.Clouds
        where consumer != target
        select Rehearsal.Run(system, TestSettings.For(target, EnvironmentKind.Production, system) with
        {
            Placement = new Dictionary<string, Cloud> { ["shop"] = consumer },
        });
}

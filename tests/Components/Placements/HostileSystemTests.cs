using Infra.Components.Addons;
using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.Jobs;
using Infra.Components.LoadBalancers;
using Infra.Components.Networks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Placements;

/// <summary>What no table, loop or sum can do anything with is told as a finding on every cloud, and never as an exception.</summary>
public sealed class HostileSystemTests
{
    // A fault of this project rather than of the system: none of these may be what the author reads.
    private static readonly string[] Faults = ["check-failed", "component-failed", "rehearsal-failed", "rehearsal-endless"];

    private static readonly Dictionary<string, (string Rule, Action<Model> Declare)> Systems = new()
    {
        ["no zone"] = ("private-network-arguments", model =>
        {
            model.Add(new PrivateNetwork("network", new() { Zones = 0 }));
            Shop(model);
        }),
        ["fewer zones than none"] = ("private-network-arguments", model =>
        {
            model.Add(new PrivateNetwork("network", new() { Zones = int.MinValue }));
            Shop(model);
        }),
        ["a domain of one label"] = ("dns-zone-arguments", model => Site(model, "localhost")),
        ["a domain of nothing but a dot"] = ("dns-zone-arguments", model => Site(model, ".")),
        ["a certificate that was not added"] = ("reference-undeclared", model => model.Add(
            new LoadBalancer("edge", new() { Certificate = Certificate(Zone(model)), Routes = [new(Shop(model), "www")] }))),
        ["a service that was not added"] = ("reference-undeclared", model => model.Add(new LoadBalancer(
            "edge",
            new()
            {
                Certificate = model.Add(Certificate(Zone(model))),
                Routes = [new(new ContainerService("shop", new() { Port = 80 }), "www")],
            }))),
        ["a load balancer that was not added"] = ("reference-undeclared", model =>
        {
            var zone = Zone(model);
            var edge = new LoadBalancer(
                "edge", new() { Certificate = model.Add(Certificate(zone)), Routes = [new(Shop(model), "www")] });
            model.Add(new DnsRecord("www", new() { Zone = zone, Host = "www", Targets = [new(edge)] }));
        }),
        ["a zone that was not added"] = ("reference-undeclared", model => model.Add(
            new DnsRecord("www", new() { Zone = new("zone", new() { Domain = "shop.example" }), Host = "www", Targets = [Address()] }))),
        ["a target that was not added"] = ("link-undeclared", model => Shop(model).Writes(new Bucket("photos"))),
        ["a link to an add-on"] = ("link-intent", model =>
            Shop(model).Calls(model.Add(new ClusterAddon("certificates", new() { Addon = Addon.CertManager })))),
        ["a link to the network"] = ("link-intent", model => Shop(model).Reads(model.Add(new PrivateNetwork("network")))),
        ["a link to a job"] = ("link-intent", model => Shop(model).Calls(model.Add(new Job("migrate")))),
        ["weights that no integer holds together"] = ("dns-record-arguments", model => model.Add(new DnsRecord(
            "www", new() { Zone = Zone(model), Host = "www", Targets = [Address(int.MaxValue), Address(int.MaxValue)] }))),
        ["a size that is none"] = ("container-service-arguments", model =>
            model.Add(new ContainerService("shop", new() { Size = (Size)42 }))),
        ["an architecture that is none"] = ("container-service-arguments", model =>
            model.Add(new ContainerService("shop", new() { Architecture = (CpuArchitecture)7 }))),
        ["an engine that is none"] = ("managed-database-arguments", model =>
            Shop(model).Writes(model.Add(new ManagedDatabase("orders", new() { Engine = (DatabaseEngine)9 })))),
        ["an eviction that is none"] = ("cache-arguments", model => model.Add(new Cache("cache", new() { Eviction = (Eviction)(-1) }))),
        ["a storage class that is none"] = ("bucket-arguments", model => model.Add(
            new Bucket("photos", new() { Lifecycle = [new() { MoveAfterDays = 30, MoveTo = (StorageClass)5 }] }))),
        ["an egress that is none"] = ("private-network-arguments", model =>
        {
            model.Add(new PrivateNetwork("network", new() { Egress = (Egress)5 }));
            Shop(model);
        }),
        ["an add-on that is none"] = ("cluster-addon-arguments", model =>
        {
            model.Add(new ClusterAddon("certificates", new() { Addon = (Addon)99 }));
            Shop(model);
        }),
        ["a class of data that is none"] = ("bucket-arguments", model =>
            model.Add(new Bucket("photos", new() { DataClass = (DataClass)8 }))),
        ["more replicas than a cloud starts"] = ("container-service-arguments", model =>
            model.Add(new ContainerService("shop", new() { Scaling = new() { Minimum = 2, Maximum = int.MaxValue } }))),
        ["more storage than there is"] = ("managed-database-arguments", model =>
            model.Add(new ManagedDatabase("orders", new() { StorageGiB = int.MaxValue }))),
        ["an argument that is null"] = ("arguments-unreadable", model =>
            model.Add(new ContainerService("shop", new() { Scaling = null! }))),
        ["a zone that is null"] = ("arguments-unreadable", model => model.Add(
            new DnsRecord("www", new() { Zone = null!, Host = "www", Targets = [Address()] }))),
        ["a component that is null"] = ("system-declaration", model => model.Add<Bucket>(null!)),
        ["a name that is null"] = ("system-declaration", model => model.Add(new Bucket(null!))),
    };

    public static TheoryData<Cloud, string> Cases
    {
        get
        {
            var cases = new TheoryData<Cloud, string>();
            foreach (var cloud in Fixtures.Clouds)
                foreach (var system in Systems.Keys) cases.Add(cloud, system);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_told_and_registers_nothing(Cloud cloud, string name)
    {
        var (rule, declare) = Systems[name];
        var settings = TestSettings.For(cloud) with
        {
            Images = new Dictionary<string, string>
            {
                ["shop"] = $"registry.example.org/shop@{TestSettings.Digest}",
                ["migrate"] = $"registry.example.org/shop@{TestSettings.Digest}",
            },
        };

        // What the system does not declare needs no image.
        var known = new Model();
        try
        {
            declare(known);
        }
        catch (ArgumentNullException)
        {
            // The system itself is at fault.
        }

        var images = settings.Images.Where(image => known.Components.Any(component => component.Name == image.Key)).ToDictionary();
        var plan = Rehearsal.Run(TestSystems.Declare(declare), settings with { Images = images });

        Assert.Contains(plan.Findings, finding => finding.Rule.Id == rule && finding.Severity == Severity.Error);
        Assert.DoesNotContain(plan.Findings, finding => Faults.Contains(finding.Rule.Id));
        Assert.Empty(plan.Resources);
    }

    [Fact]
    public void A_value_that_an_enumeration_lacks_is_told_with_those_that_it_has()
    {
        var error = AwsPlans.OnlyError(model => model.Add(new Cache("cache", new() { Eviction = (Eviction)7 })));

        Assert.Contains("Eviction is 7; allowed: AllKeysLru, VolatileLru, None. Change Eviction.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_check_throws_is_told_as_its_fault_where_nothing_else_was_found()
    {
        var (alone, late) = (new Findings(), new Findings());
        late.Report(Rule.Error("first", "The first one"), null, "Something else is wrong.");

        alone.Attempt("shop", () => throw new DivideByZeroException("by zero"));
        late.Attempt("shop", () => throw new DivideByZeroException("by zero"));

        Assert.Equal(("check-failed", "shop"), (Assert.Single(alone.All).Rule.Id, alone.All[0].Component));
        Assert.Equal("first", Assert.Single(late.All).Rule.Id);
    }

    private static ContainerService Shop(Model model) => model.Add(new ContainerService("shop", new() { Port = 8080 }));

    private static DnsZone Zone(Model model) => model.Add(new DnsZone("zone", new() { Domain = "shop.example" }));

    private static Certificate Certificate(DnsZone zone) => new("certificate", new() { Zone = zone, Hosts = ["www"] });

    private static DnsTarget Address(int weight = 100) => new("A", ["203.0.113.7"], weight);

    private static void Site(Model model, string domain)
    {
        var zone = model.Add(new DnsZone("zone", new() { Domain = domain }));
        var certificate = model.Add(new Certificate("certificate", new() { Zone = zone, Hosts = ["@", "*"] }));
        var edge = model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(Shop(model), "www")] }));
        model.Add(new DnsRecord("www", new() { Zone = zone, Host = "www", Targets = [new(edge)] }));
    }
}

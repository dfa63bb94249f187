using Infra.Components.Addons;
using Infra.Components.Brokers;
using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Queues;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Placements;

/// <summary>Names that nobody chose are part of what is deployed: no other component may have one of them.</summary>
public sealed class NameCollisionTests
{
    public static TheoryData<Cloud> Clouds => [.. Fixtures.Clouds];

    /// <summary>Stores in a cluster, each with a name that its operator or its chart makes of it.</summary>
    public static TheoryData<string, string, string> Derived => new()
    {
        { "bucket", "photos", "photos-gateway" },
        { "bucket", "photos", "photos-s3" },
        { "bucket", "photos", "photos-master" },
        { "cache", "cache", "cache-headless" },
        { "PostgreSql", "data", "data-rw" },
        { "PostgreSql", "data", "data-ro" },
        { "MySql", "mine", "mine-instances" },
        { "queue", "mail", "mail-nodes" },
    };

    [Theory]
    [MemberData(nameof(Derived))]
    public void A_service_must_not_be_called_as_what_an_operator_makes_of_a_store(string kind, string store, string service)
    {
        var plan = Fixtures.Of(Cloud.Kubernetes).Plan(model =>
        {
            model.Add(Store(kind, store));
            model.Add(new ContainerService(service, new() { Port = 8080 }));
        });

        var error = Assert.Single(plan.Findings, finding => finding.Rule.Id == "object-name");
        Assert.StartsWith($"Service '{service}' would stand twice", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{store}'", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{service}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_stores_must_not_be_called_so_that_their_operators_make_one_name() =>
        Assert.Contains(
            Fixtures.Of(Cloud.Kubernetes).Plan(model =>
            {
                model.Add(new Bucket("photos"));
                model.Add(new Cache("photos-master"));
            }).Findings,
            finding => finding.Rule.Id == "object-name");

    [Theory]
    [MemberData(nameof(Clouds))]
    public void Nothing_is_called_as_the_relay_that_other_clouds_need(Cloud cloud)
    {
        var elsewhere = cloud == Cloud.Kubernetes ? Cloud.Aws : Cloud.Kubernetes;
        var system = TestSystems.Declare(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            model.Add(new ContainerService("relay", new() { Port = 8080 })).Reads(orders);
            model.Add(new ContainerService("shop", new() { Port = 8080 })).Reads(orders);
        });
        var settings = Fixtures.Of(cloud).SettingsFor(system, EnvironmentKind.Production) with
        {
            Placement = new Dictionary<string, Cloud> { ["shop"] = elsewhere },
        };

        var error = Rehearsal.Run(system, settings).Findings.First(finding => finding.Severity == Severity.Error);

        Assert.Equal(("component-name-taken", "relay"), (error.Rule.Id, error.Component));
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void What_a_stack_has_by_itself_has_a_name_that_its_provision_knows(Cloud cloud)
    {
        var elsewhere = cloud == Cloud.Kubernetes ? Cloud.Aws : Cloud.Kubernetes;
        var declared = new HashSet<string>();
        var system = TestSystems.Declare(model =>
        {
            Everything(model);
            declared.UnionWith(model.Components.Select(component => component.Name));
        });
        var settings = Fixtures.Of(cloud).SettingsFor(system, EnvironmentKind.Production) with
        {
            Placement = new Dictionary<string, Cloud> { ["caller"] = elsewhere },
        };
        var plan = Rehearsal.Run(system, settings).WithoutErrors();
        var implied = plan.Components
            .Where(component => component.Cloud == cloud && component.Kind.Name != "ServiceIdentity" && !declared.Contains(component.Name))
            .Select(component => component.Name)
            .Where(name => name != "network")
            .ToList();

        Assert.NotEmpty(implied);
        foreach (var name in implied)
        {
            var taken = TestSystems.Declare(model =>
            {
                Everything(model);
                model.Add(new Bucket(name));
            });
            var errors = Rehearsal.Run(taken, settings).Findings.Where(finding => finding.Rule.Id == "component-name-taken");
            Assert.Equal([name], errors.Select(error => error.Component).Distinct());
        }
    }

    [Fact]
    public void Two_gateways_must_not_find_certificates_in_one_secret()
    {
        var plan = Fixtures.Of(Cloud.Kubernetes).Plan(model =>
        {
            var zone = model.Add(new DnsZone("zone"));
            var certificate = model.Add(new Certificate("certificate", new() { Zone = zone, Hosts = ["a"] }));
            var brand = model.Add(new Certificate("brand", new() { Zone = zone, Hosts = ["b"] }));
            var shop = model.Add(new ContainerService("shop", new() { Port = 80 }));
            model.Add(new LoadBalancer(
                "edge", new() { Certificate = certificate, Certificates = [brand], Routes = [new(shop, "a"), new(shop, "b")] }));
            model.Add(new LoadBalancer("edge-brand", new() { Certificate = certificate, Routes = [new(shop, "a")] }));
        });

        var error = Assert.Single(plan.Findings, finding => finding.Rule.Id == "object-name");
        Assert.StartsWith("Secret 'edge-brand-tls' would stand twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_load_balancers_must_not_make_one_name_of_theirs_and_their_services()
    {
        var plan = AwsPlans.Try(model =>
        {
            var zone = model.Add(new DnsZone("zone", new() { Domain = "shop.example" }));
            var certificate = model.Add(new Certificate("certificate", new() { Zone = zone, Hosts = ["*"] }));
            var one = model.Add(new ContainerService("orders-api", new() { Port = 80 }));
            var other = model.Add(new ContainerService("api", new() { Port = 80 }));
            model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(one, "a")] }));
            model.Add(new LoadBalancer("edge-orders", new() { Certificate = certificate, Routes = [new(other, "b")] }));
        });

        var error = plan.Findings.First(finding => finding.Rule.Id == "urn-unique");
        Assert.Contains("for 'edge' and 'edge-orders'", error.Message, StringComparison.Ordinal);
        Assert.Contains("rename a component", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_job_of_a_grant_is_never_taken_for_the_service_that_has_its_name()
    {
        var plan = Fixtures.Of(Cloud.Kubernetes).PlanWithoutErrors(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            model.Add(new ContainerService("api", new() { Port = 8080 })).Writes(orders);
            model.Add(new ContainerService("orders-grants", new() { Port = 8080 }));
        });

        Assert.Contains(plan.Resources, resource => resource is { Type: "kubernetes:batch/v1:Job", Name: "orders-grants" });
        Assert.Empty(Selections.Ambiguous(plan));
    }

    [Fact]
    public void An_add_on_is_declared_once_and_has_no_other_ones_name()
    {
        Finding[] Errors(Action<Model> declare) =>
        [
            .. Fixtures.Of(Cloud.Kubernetes).Plan(declare).Findings.Where(finding => finding.Severity == Severity.Error),
        ];

        var twice = Errors(model =>
        {
            model.Add(new ClusterAddon("certificates", new() { Addon = Addon.CertManager }));
            model.Add(new ClusterAddon("more", new() { Addon = Addon.CertManager }));
        });
        var swapped = Errors(model => model.Add(new ClusterAddon("gateway", new() { Addon = Addon.CertManager })));

        Assert.Equal(("addon-once", "more"), (Assert.Single(twice).Rule.Id, twice[0].Component));
        Assert.Equal(("component-name-taken", "gateway"), (Assert.Single(swapped).Rule.Id, swapped[0].Component));
        Assert.Empty(Errors(model => model.Add(new ClusterAddon("cert-manager", new() { Addon = Addon.CertManager }))));
    }

    private static Component Store(string kind, string name) => kind switch
    {
        "bucket" => new Bucket(name),
        "cache" => new Cache(name),
        "queue" => new Queue(name),
        _ => new ManagedDatabase(name, new() { Engine = Enum.Parse<DatabaseEngine>(kind) }),
    };

    private static void Everything(Model model)
    {
        var stores = new Component[] { new ManagedDatabase("orders"), new Cache("sessions"), new Queue("mail"), new MessageBroker("bus") };
        foreach (var store in stores) model.Add(store);
        var zone = model.Add(new DnsZone("zone", new() { Domain = "shop.example" }));
        var certificate = model.Add(new Certificate("certificate", new() { Zone = zone, Hosts = ["*"] }));
        var shop = model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(stores[0]);
        model.Add(new ContainerService("caller")).Reads(stores[0]);
        model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(shop, "www")] }));
    }
}

using Infra.Components.Caches;
using Infra.Components.Checks;
using Infra.Components.Composition;
using Infra.Components.Databases;
using Infra.Components.Jobs;
using Infra.Components.Networks;
using Infra.Components.Placements;
using Infra.Components.Relays;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Relays;

/// <summary>Links from every cloud to every other one.</summary>
public sealed class CrossCloudLinkTests
{
    [Theory]
    [MemberData(nameof(CloudPairs.Linked), MemberType = typeof(CloudPairs))]
    public void A_store_does_not_change_when_a_consumer_on_another_cloud_comes_or_goes(string kind, Cloud target, Cloud consumer)
    {
        var used = WithNeighbour(linked: true);
        Assert.Equal("", used.Errors());

        Assert.Equal(Resources(WithNeighbour(linked: false), "target"), Resources(used, "target"));

        // AWS and Google Cloud give a service its private name when somebody calls it.
        Plan WithNeighbour(bool linked) => Plan(
            model =>
            {
                if (Declare(model, kind, linked) is ContainerService service)
                    model.Add(new ContainerService("neighbour")).Calls(service);
            },
            target,
            consumer,
            ["shop"]);
    }

    [Theory]
    [MemberData(nameof(CloudPairs.Linked), MemberType = typeof(CloudPairs))]
    public void A_consumer_sees_the_same_variables_as_at_home(string kind, Cloud target, Cloud consumer)
    {
        var used = Plan(kind, target, consumer, linked: true);
        Assert.Equal("", used.Errors());

        var atHome = Fixtures.Of(target).VariablesOf(Plan(kind, target, target, linked: true), "shop").Keys;
        Assert.Equal(
            atHome.Order(StringComparer.Ordinal),
            Fixtures.Of(consumer).VariablesOf(used, "shop").Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(CloudPairs.Linked), MemberType = typeof(CloudPairs))]
    public void A_relay_admits_nobody_but_the_consumer_and_goes_with_it(string kind, Cloud target, Cloud consumer)
    {
        var used = Plan(kind, target, consumer, linked: true);
        Assert.Equal("", used.Errors());

        // What lets traffic in; ways out are another matter.
        var doors = used.Resources.Where(resource => resource.Component == "relay"
            && resource.TypeName is "SecurityGroupIngressRule" or "Firewall" or "Service" or "NetworkPolicy" or "Acl");
        Assert.DoesNotContain(
            doors.Where(door => door.Component == "relay" && door.Input("spec.policyTypes[0]") != "Egress"),
            door => door.Inputs.ToString().Contains("0.0.0.0/0", StringComparison.Ordinal));
        Assert.DoesNotContain(Plan(kind, target, consumer, linked: false).Components, component => component.Kind == RelayKind.Instance);
        Assert.Equal(
            CloudIndex.Of(target).ReachOf(KindProbe.Of(kind).Create(new(), "target")) == Reach.Relay,
            used.Resources.Any(resource =>
                resource.Component == "relay" && resource.Inputs.ToString().Contains("haproxy", StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [MemberData(nameof(CloudPairs.All), MemberType = typeof(CloudPairs))]
    public void Consumers_that_come_by_one_way_are_admitted_once(Cloud target, Cloud consumer)
    {
        var plan = Plan(DeclareCrowd, target, consumer, ["shop", "app", "tidy"], twice: true);
        Assert.Equal("", plan.Errors());
        var relay = plan.Resources.Where(resource => resource.Component == "relay").ToList();

        // What a rule of AWS is compared by, when AWS refuses a second one.
        var rules = relay
            .Where(resource => resource.TypeName is "SecurityGroupIngressRule" or "SecurityGroupEgressRule")
            .Select(rule => string.Join(
                ' ',
                new[] { "securityGroupId", "cidrIpv4", "referencedSecurityGroupId", "ipProtocol", "fromPort", "toPort" }
                    .Select(key => rule.Input(key))
                    .Prepend(rule.TypeName)));
        Assert.Empty(Repeated(rules));
        Assert.All(relay, resource => Assert.Empty(Repeated(Admitting(resource))));
        Assert.NotEmpty(relay.SelectMany(Admitting));
    }

    [Theory]
    [MemberData(nameof(Fixtures.EachCloud), MemberType = typeof(Fixtures))]
    public void A_target_may_be_called_as_a_part_of_the_relay_is(Cloud target)
    {
        var plan = TestSystems.Plan(
            target,
            model =>
            {
                model.Add(new PrivateNetwork("network", new() { Cidr = "10.20.0.0/16" }));
                var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
                foreach (var name in new[] { "health", "entry", "forward", "probes", "proxy", "certificate", "machines" })
                    shop.Calls(model.Add(new ContainerService(name, new() { Port = 9090 })));
            },
            EnvironmentKind.Staging,
            settings => settings with
            {
                Placement = new Dictionary<string, Cloud> { ["shop"] = target == Cloud.Aws ? Cloud.Gcp : Cloud.Aws },
            });

        Assert.Equal("", plan.Errors());
    }

    [Theory]
    [InlineData(Cloud.Aws)]
    [InlineData(Cloud.Gcp)]
    [InlineData(Cloud.Scaleway)]
    public void Where_nothing_leaves_a_network_nothing_on_another_cloud_can_be_used(Cloud consumer)
    {
        var plan = TestSystems.Plan(
            Cloud.Ovh,
            model =>
            {
                model.Add(new PrivateNetwork("network", new() { Cidr = "10.20.0.0/16", Egress = Egress.None }));
                model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(model.Add(new ManagedDatabase("orders")));
            },
            EnvironmentKind.Staging,
            settings => settings with { Placement = new Dictionary<string, Cloud> { ["shop"] = consumer } });

        Assert.Contains(plan.Findings, finding => finding is { Severity: Severity.Error, Rule.Id: "egress-unknown", Component: "network" });
    }

    [Theory]
    [MemberData(nameof(Relays))]
    public void A_relay_whose_consumers_come_from_nobody_knows_where_admits_nobody(Cloud target)
    {
        var plan = TestSystems.Plan(
            target,
            model =>
            {
                model.Add(new PrivateNetwork("network", new() { Cidr = "10.20.0.0/16" }));
                var stock = model.Add(new ContainerService("stock", new() { Port = 9090 }));
                model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(model.Add(new Cache("sessions"))).Calls(stock);
            },
            EnvironmentKind.Staging,
            settings => settings with
            {
                Hypothetical = true,
                Placement = new Dictionary<string, Cloud> { ["shop"] = Cloud.Kubernetes },
                Accounts = settings.Accounts with { Kubernetes = null },
            });

        Assert.Equal("", plan.Errors());
        Assert.DoesNotContain(plan.Findings, finding => finding.Rule.Id == "sources-empty");
        Assert.Contains(
            plan.Resources,
            resource => resource.Component == "relay" && resource.Inputs.ToString().Contains("192.0.2.0/32", StringComparison.Ordinal));
    }

    /// <summary>The clouds to which a consumer in a given cluster can come.</summary>
    public static TheoryData<Cloud> Relays => [.. Fixtures.Clouds.Where(cloud => cloud != Cloud.Kubernetes)];

    private static IEnumerable<string> Repeated(IEnumerable<string> texts) =>
        texts.GroupBy(text => text).Where(group => group.Count() > 1).Select(group => group.Key);

    // The addresses that a resource lists, and the lines by which a proxy admits one at a port.
    private static IEnumerable<string> Admitting(PlannedResource resource) => resource.TypeName switch
    {
        "Firewall" => List(resource, "sourceRanges"),
        "Service" when resource.Type.StartsWith("kubernetes:", StringComparison.Ordinal) => List(resource, "spec.loadBalancerSourceRanges"),
        "NetworkPolicy" => List(resource, "spec.ingress[0].from"),
        "ConfigMap" => Lines(resource.Inputs.GetProperty("data").GetProperty("haproxy.cfg").GetString()!),
        "TaskDefinition" when resource.Name.StartsWith("relay-", StringComparison.Ordinal) =>
            Lines(resource.JsonInput("containerDefinitions")!.Value.At("[0].environment[0].value")!),
        _ => [],
    };

    private static IEnumerable<string> List(PlannedResource resource, string path) =>
        resource.JsonInput(path) is { } list ? list.EnumerateArray().Select(item => item.ToString()) : [];

    private static IEnumerable<string> Lines(string configuration)
    {
        var port = "";
        foreach (var line in configuration.Split('\n'))
        {
            if (line.StartsWith("  bind ", StringComparison.Ordinal)) port = line;
            if (line.Contains(" accept if ", StringComparison.Ordinal)) yield return $"{port}: {line}";
        }
    }

    private static IEnumerable<string> Resources(Plan plan, string component) =>
        plan.Resources
            .Where(resource => resource.Component == component)
            .Select(resource => $"{resource.Urn} {resource.Protect} {resource.Inputs} {string.Join(' ', resource.DependsOn)}");

    private static Plan Plan(string kind, Cloud target, Cloud consumer, bool linked) =>
        Plan(model => Declare(model, kind, linked), target, consumer, ["shop"]);

    private static Plan Plan(Action<Model> declare, Cloud target, Cloud consumer, IEnumerable<string> consumers, bool twice = false)
    {
        var system = TestSystems.Declare(declare);
        var settings = Fixtures.Of(target).SettingsFor(system, EnvironmentKind.Production);
        var accounts = Fixtures.Of(consumer).SettingsFor(system, EnvironmentKind.Production).Accounts;
        if (twice)
        {
            accounts = accounts with
            {
                Kubernetes = accounts.Kubernetes! with { EgressAddresses = ["203.0.113.7/32", "203.0.113.7/32", "203.0.113.16/28"] },
            };
        }

        return Rehearsal.Run(system, settings with
        {
            Location = Location.All.Single(location => location.Name == "paris"),
            Placement = consumers.ToDictionary(name => name, _ => consumer),
            Accounts = target == Cloud.Kubernetes ? settings.Accounts : accounts,
        });
    }

    private static void DeclareCrowd(Model model)
    {
        var orders = model.Add(new ManagedDatabase("orders"));
        var archive = model.Add(new LogicalDatabase("archive", new() { Server = orders }));
        var sessions = model.Add(new Cache("sessions"));
        var stock = model.Add(new ContainerService("stock", new() { Port = 9090 }));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders).Writes(archive).Writes(sessions).Calls(stock);
        model.Add(new ContainerService("app", new() { Port = 8080 })).Writes(orders).Writes(sessions).Calls(stock);
        model.Add(new Job("tidy")).Reads(orders);
    }

    private static Component Declare(Model model, string kind, bool linked)
    {
        var probe = KindProbe.Of(kind);
        var target = probe.Declare(model);
        var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
        if (linked) probe.Use(shop, target);
        return target;
    }
}

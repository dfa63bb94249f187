using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Composition;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.Jobs;
using Infra.Components.LoadBalancers;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Placements;

/// <summary>Two copies of one component on two clouds, in one plan.</summary>
public sealed class StandingTests
{
    [Theory]
    [MemberData(nameof(CloudPairs.All), MemberType = typeof(CloudPairs))]
    public void Every_component_can_stand_on_two_clouds_at_once(Cloud one, Cloud other)
    {
        var system = TestSystems.Declare(Everything);
        var settings = Settings(system, one, other);
        var names = Names(system);
        var plan = Plan(
            system,
            settings.SetOut(other, names),
            (consumer, copies) => copies.First(copy => copy.Cloud == consumer.Cloud),
            out _);

        Assert.Equal("", plan.Errors());
        Assert.All(names, name => Assert.Equal(
            new[] { one, other }.Order(),
            plan.Components
                .Where(component => component.Name == name && component.Kind.Name != "ServiceIdentity")
                .Select(component => component.Cloud)
                .Distinct()
                .Order()));
    }

    [Theory]
    [MemberData(nameof(CloudPairs.Linked), MemberType = typeof(CloudPairs))]
    public void Both_copies_are_used_from_both_clouds(string kind, Cloud one, Cloud other)
    {
        var plan = Linked(kind, one, other, out var blueprint);

        Assert.Equal("", plan.Errors());
        foreach (var link in blueprint.Links)
        {
            var variables = Fixtures.Of(link.Consumer.Cloud).VariablesOf(On(plan, link.Consumer.Cloud), link.Consumer.Name);
            Assert.Equal(
                link.Declared.Variables.Select(variable => variable.Name).Order(StringComparer.Ordinal),
                variables.Keys.Where(name => name.StartsWith(link.Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(CloudPairs.Linked), MemberType = typeof(CloudPairs))]
    public void Two_copies_of_a_consumer_have_a_login_each_where_the_store_gives_logins(string kind, Cloud one, Cloud other)
    {
        var plan = Linked(kind, one, other, out var blueprint);
        var copies = blueprint.Links.Where(link => link.Consumer.Name == "both").ToList();

        Assert.Equal(2, copies.Count);
        Assert.Single(copies.Select(link => link.Target).Distinct());
        var logins = copies.Select(link => Login(plan, link)).ToList();
        var target = copies[0].Target;
        var shares = CloudIndex.Of(target.Cloud).Find(target.Kind)!.Gaps.Any(gap => gap.Promise == "login per consumer");
        if (!shares && logins.TrueForAll(login => login is not null and not "")) Assert.Equal(2, logins.Distinct().Count());
    }

    [Fact]
    public void A_second_copy_adds_outputs_and_moves_none()
    {
        var system = TestSystems.Declare(Everything);
        var settings = Settings(system, Cloud.Aws, Cloud.Scaleway);
        var alone = Rehearsal.Run(system, settings).Outputs.GetProperty("components");
        var beside = Rehearsal.Run(
            system,
            settings.SetOut(Cloud.Scaleway, "orders"))
            .Outputs.GetProperty("components");

        Assert.All(alone.EnumerateObject(), output =>
            Assert.Equal(
                output.Value.EnumerateObject().Select(value => value.Name),
                beside.GetProperty(output.Name).EnumerateObject().Select(value => value.Name)));
        Assert.EndsWith("Instance.address}", beside.At("orders.host"), StringComparison.Ordinal);
        Assert.NotNull(beside.At("orders-scaleway.host"));
        Assert.NotNull(beside.At("network-scaleway.networkId"));
    }

    [Fact]
    public void A_port_of_a_relay_moves_for_no_other_component()
    {
        var few = Ports(model => { });
        var many = Ports(model =>
        {
            for (var number = 1; number <= 20; number++) model.Add(new ManagedDatabase($"ledger-{number}"));
        });

        Assert.NotEmpty(few);
        Assert.Equal(few, many);

        static IEnumerable<string> Ports(Action<Model> before) => AwsPlans.Of(
            model =>
            {
                before(model);
                var orders = model.Add(new ManagedDatabase("orders"));
                var sessions = model.Add(new Cache("sessions"));
                model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders).Writes(sessions);
            },
            settings: settings => settings with { Placement = new Dictionary<string, Cloud> { ["shop"] = Cloud.Kubernetes } })
            .OfType("aws:lb/listener:Listener").Select(listener => $"{listener.Name} {listener.Input("port")}");
    }

    [Fact]
    public void Two_names_that_ask_for_one_port_are_refused_until_the_stack_file_gives_another()
    {
        var settings = new StackSettings
        {
            Stack = "sample",
            System = "sample",
            Environment = EnvironmentKind.Production,
            Cloud = Cloud.Aws,
            Location = Location.All[0],
            Owner = "",
        };
        var names = Enumerable.Range(0, 2000)
            .Select(number => $"store-{number}")
            .GroupBy(name => RelayPorts.Of(settings, name))
            .First(group => group.Count() > 1)
            .Take(2)
            .ToList();

        var refused = Plan(given => given);
        Assert.Equal("relay-port", refused.OnlyError().Rule.Id);
        Assert.Contains($"infra:relayPorts.{names[1]}", refused.OnlyError().Message, StringComparison.Ordinal);
        Assert.Equal("", Plan(given => given with { RelayPorts = new Dictionary<string, int> { [names[1]] = 20001 } }).Errors());

        Plan Plan(Func<StackSettings, StackSettings> change) => AwsPlans.Try(
            model =>
            {
                var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
                foreach (var name in names) shop.Writes(model.Add(new Cache(name)));
            },
            settings: given => change(given with { Placement = new Dictionary<string, Cloud> { ["shop"] = Cloud.Kubernetes } }));
    }

    // Each copy is used by a consumer on its own cloud and by one on the other; both copies of a further consumer use one of them.
    private static Plan Linked(string kind, Cloud one, Cloud other, out Blueprint blueprint)
    {
        var probe = KindProbe.Of(kind);
        var system = TestSystems.Declare(model =>
        {
            var target = probe.Declare(model);
            foreach (var name in (string[])["home-one", "home-other", "abroad-one", "abroad-other", "both"])
            {
                probe.Use(model.Add(new ContainerService(name, new() { Port = 8080 })), target);
            }
        });
        var settings = Settings(system, one, other) with
        {
            Placement = new Dictionary<string, Cloud>
            {
                ["home-one"] = one,
                ["home-other"] = other,
                ["abroad-one"] = other,
                ["abroad-other"] = one,
            },
        };

        // A part of a server is copied with it.
        settings = settings.SetOut(
            other,
            WithWhatItNeeds(probe.Declare(new Model()))
                .Where(component => component.StandsOn is null && !component.Kind.FollowsReferrers)
                .Select(component => component.Name)
                .Append("both")
                .Distinct());
        return Plan(system, settings, (consumer, copies) => copies.First(copy => copy.Cloud == TargetOf(consumer)), out blueprint);

        // A bucket in a cluster is used from there only.
        Cloud TargetOf(Standing consumer) => kind == "Bucket" && (one == Cloud.Kubernetes || other == Cloud.Kubernetes)
            ? consumer.Name == "both"
                ? (one == Cloud.Kubernetes ? other : one)
                : consumer.Cloud == Cloud.Kubernetes ? Other(Cloud.Kubernetes) : consumer.Cloud
            : consumer.Name is "home-one" or "abroad-one" or "both" ? one : other;

        Cloud Other(Cloud cloud) => cloud == one ? other : one;

        // Names may lead anywhere from wherever they are served.
        static IEnumerable<Component> WithWhatItNeeds(Component component) => component.References
            .Where(reference => !reference.Kind.HasDomain)
            .SelectMany(WithWhatItNeeds)
            .Prepend(component);
    }

    // A plan whose consumers use the copies that a test chooses.
    private static Plan Plan(
        SystemDeclaration system,
        StackSettings settings,
        Func<Standing, IReadOnlyList<Standing>, Standing> serving,
        out Blueprint blueprint)
    {
        var findings = new Findings(settings.Environment);
        var resolved = SystemResolution.Resolve(system, settings, Kinds.All, findings);
        var linked = new Blueprint(
            resolved.Model,
            resolved.Settings,
            resolved.Standings,
            (consumer, _, copies) => serving(consumer, copies));
        SystemChecks.Check(linked, CloudIndex.All, findings);
        blueprint = linked;
        return Rehearsal.Run(linked, failed => SystemBuilder.Build(linked, CloudIndex.All, Kinds.All, findings, failed), findings);
    }

    private static string? Login(Plan plan, StandingLink link) =>
        Fixtures.Of(link.Consumer.Cloud).VariablesOf(On(plan, link.Consumer.Cloud), link.Consumer.Name) is var variables
        && variables.TryGetValue($"{link.Prefix}_USERNAME", out var login) ? login.Value : null;

    // What stands on one cloud of a plan: fixtures look components up by their names.
    private static Plan On(Plan plan, Cloud cloud) => plan with
    {
        Components = [.. plan.Components.Where(component => component.Cloud == cloud)],
        Resources = [.. plan.Resources.Where(resource => resource.Cloud == cloud)],
    };

    private static IReadOnlyList<string> Names(SystemDeclaration system)
    {
        var model = new Model();
        system.Declare(model);
        return [.. model.Components.Where(Moves).Select(component => component.Name)];

        // Zones and their records stay, certificates go along, and what runs once does so where it serves.
        static bool Moves(Component component) =>
            component.Kind is { IsFoundation: false, FollowsReferrers: false, RunsOnce: false }
            && component is not (DnsZone or DnsRecord);
    }

    private static StackSettings Settings(SystemDeclaration system, Cloud one, Cloud other)
    {
        var settings = Fixtures.Of(one).SettingsFor(system, EnvironmentKind.Production);
        var others = Fixtures.Of(other).SettingsFor(system, EnvironmentKind.Production);
        return settings with
        {
            Location = Location.All.Single(location => location.Name == "paris"),
            Accounts = one == Cloud.Kubernetes ? settings.Accounts : others.Accounts,
        };
    }

    private static void Everything(Model model)
    {
        model.Add(new ContainerRegistry("registry"));
        var orders = model.Add(new ManagedDatabase("orders"));
        var sessions = model.Add(new Cache("sessions"));
        var photos = model.Add(new Bucket("photos"));
        model.Add(new Job("schema")).Writes(orders);
        var stock = model.Add(new ContainerService("stock", new() { Port = 9090 })).Reads(orders);
        var shop = model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders).Writes(sessions).Calls(stock);
        model.Add(new ContainerService("worker")).Reads(sessions);
        var zone = model.Add(new DnsZone("zone"));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["www"], Zone = zone }));
        var edge = model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(shop, "www")] }));
        model.Add(new DnsRecord("www", new() { Zone = zone, Host = "www", Targets = [new(edge)] }));
        model.Add(new ContainerService("gallery", new() { Port = 8080 })).Reads(photos);
    }
}

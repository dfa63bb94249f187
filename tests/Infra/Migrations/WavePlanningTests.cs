using CsCheck;
using Infra.Components.Buckets;
using Infra.Components.Certificates;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.Externals;
using Infra.Components.LoadBalancers;
using Infra.Components.Services;
using Infra.Components.Streams;
using Infra.Components.Systems;
using Infra.Migrations;
using Infra.Rehearsals;
using Infra.Tests.RandomSystems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Migrations;

public sealed class WavePlanningTests
{
    private const int RandomSystems = 400;
    private const ulong Seed = 20261127;

    private static readonly HashSet<string> Nobody = [];

    public static TheoryData<int> Sizes => [1, 2, 4, 100];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Whatever_a_system_declares_its_waves_keep_every_promise(int atMost)
    {
        var several = 0;
        foreach (var (graph, system) in Graphs())
        {
            var waves = WavePlanning.Of(graph, atMost, Nobody, Risk);
            several += waves.Count > 2 ? 1 : 0;
            CheckPromises(graph, waves, atMost, $"{system}");
        }

        Assert.True(several > RandomSystems / 10, $"Only {several} systems have more than two waves.");
    }

    [Fact]
    public void The_order_of_declarations_changes_no_wave()
    {
        foreach (var (graph, system) in Graphs())
        {
            var reversed = GraphOf(system with { Parts = [.. system.Parts.Reverse()] }, graph.To)!;

            Assert.Equal(Sets(graph), Sets(reversed));
        }

        static IEnumerable<string> Sets(MoveGraph graph) => WavePlanning.Of(graph, 3, Nobody, Risk)
            .Select(wave => string.Join(' ', wave.Components.Select(component => component.Name).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void What_needs_nothing_goes_first_and_where_traffic_enters_goes_last() => Assert.Equal(
        ["database photos", "api", "edge"],
        Waves(DeclareShop));

    [Fact]
    public void A_store_that_pauses_its_writers_has_a_window_to_itself() => Assert.Equal(
        ["photos", "database", "api", "edge"],
        Waves(DeclareShop, risk: component => component is ManagedDatabase ? new(3, true, 0) : new(0, false, 0)));

    [Fact]
    public void What_is_to_move_late_moves_after_its_consumers_and_before_the_edge() => Assert.Equal(
        ["photos", "api", "database", "edge"],
        Waves(DeclareShop, late: ["database"]));

    [Fact]
    public void What_risks_less_goes_first_and_then_what_takes_less_time() => Assert.Equal(
        ["one", "three", "two"],
        Waves(
            model =>
            {
                foreach (var name in new[] { "one", "two", "three" }) model.Add(new Bucket(name));
            },
            atMost: 1,
            risk: component => component.Name switch { "one" => new(1, false, 900), "two" => new(2, false, 20), _ => new(2, false, 10) }));

    [Fact]
    public void Services_that_write_the_same_store_may_move_on_different_days() => Assert.Equal(
        ["database", "one", "two"],
        Waves(
            model =>
            {
                var database = model.Add(new ManagedDatabase("database", new() { Engine = DatabaseEngine.PostgreSql }));
                model.Add(new ContainerService("one", new() { Port = 8080 })).Writes(database);
                model.Add(new ContainerService("two", new() { Port = 8080 })).Writes(database);
            },
            atMost: 1));

    [Fact]
    public void Services_behind_one_host_may_move_on_different_days_because_traffic_moves_when_all_of_them_have()
    {
        var graph = GraphOf(model =>
        {
            var zone = model.Add(new DnsZone("zone"));
            var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["www"], Zone = zone }));
            var web = model.Add(new ContainerService("web", new() { Port = 8080 }));
            var api = model.Add(new ContainerService("api", new() { Port = 8080 }));
            model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(web, "www"), new(api, "www", "/api")] }));
        });

        Assert.Equal(["api", "web", "edge"], Told(WavePlanning.Of(graph, 1, Nobody, Safe)));
        Assert.All(graph.Moving.Where(component => component is ContainerService), service =>
            Assert.Equal("edge", Assert.Single(graph.EntrancesOf(service)).Name));
    }

    [Fact]
    public void Parts_go_along_with_the_whole_and_certificates_with_what_serves_with_them()
    {
        var graph = GraphOf(model =>
        {
            DeclareShop(model);
            var server = model.Add(new ManagedDatabase("server", new() { Engine = DatabaseEngine.PostgreSql }));
            var orders = model.Add(new LogicalDatabase("orders", new() { Server = server }));
            model.Add(new ContainerService("reader", new())).Reads(orders);
        });

        Assert.DoesNotContain(graph.Moving, component => component.Name is "orders" or "certificate");
        Assert.Equal("orders", Assert.Single(graph.AlongWith(Find("server"))).Name);
        Assert.Equal("certificate", Assert.Single(graph.AlongWith(Find("edge"))).Name);
        Assert.Equal("server", Assert.Single(graph.NeedsOf(Find("reader"))).Name);

        Component Find(string name) => graph.Moving.Single(component => component.Name == name);
    }

    [Fact]
    public void Services_that_call_each_other_in_a_circle_move_together()
    {
        var graph = GraphOf(model =>
        {
            var (one, two, three) = (Service("one"), Service("two"), Service("three"));
            foreach (var service in new[] { one, two, three }) model.Add(service);
            one.Calls(two);
            two.Calls(three);
            three.Calls(one);
        });

        Assert.Equal(["one two three"], Told(WavePlanning.Of(graph, 1, Nobody, Safe)));
        Assert.Contains("in a circle", Assert.Single(graph.Inseparable).Reason, StringComparison.Ordinal);

        static ContainerService Service(string name) => new(name, new() { Port = 8080 });
    }

    [Fact]
    public void What_no_other_cloud_reaches_moves_with_its_consumers() => Assert.Equal(
        ["events reader"],
        Waves(
            model =>
            {
                var events = model.Add(new EventStream("events", new()));
                model.Add(new ContainerService("reader", new())).Consumes(events);
            },
            atMost: 1));

    [Fact]
    public void Zones_records_what_is_placed_and_what_is_outside_stay()
    {
        var graph = GraphOf(
            model =>
            {
                DeclareShop(model);
                model.Add(new External("crm", new() { Host = "crm.example.org", Port = 443 }));
            },
            placement: new Dictionary<string, Cloud> { ["photos"] = Cloud.Gcp });

        Assert.Equal(["crm", "photos", "www", "zone"], graph.Stays.Select(stay => stay.Component).Order(StringComparer.Ordinal));
        Assert.Equal("gcp", graph.Stays.Single(stay => stay.Component == "photos").Cloud);
        Assert.DoesNotContain(graph.Moving, component => component.Name is "photos" or "zone" or "www" or "crm");
    }

    private static void CheckPromises(MoveGraph graph, IReadOnlyList<PlannedWave> waves, int atMost, string system)
    {
        var of = waves.Index()
            .SelectMany(wave => wave.Item.Components.Select(component => (component, wave.Index)))
            .ToDictionary();

        // ToDictionary refuses what stands in two waves.
        Assert.Equal(graph.Moving.Count, of.Count);
        foreach (var component in graph.Moving)
        {
            Assert.All(
                graph.BoundTo(component),
                other => Assert.True(of[component] == of[other], $"{component.Name} without {other.Name} {system}"));
            Assert.All(
                graph.NeedsOf(component),
                needed => Assert.True(of[needed] <= of[component], $"{component.Name} before {needed.Name} {system}"));
        }

        Assert.All(waves, wave =>
        {
            Assert.True(wave.Units.Count == 1 || wave.Components.Count <= atMost, $"{wave.Components.Count} {system}");
            Assert.True(wave.Units.Count == 1 || !wave.Components.Any(component => Risk(component).Pauses), system);
        });
        var edge = waves.Index().Where(wave => wave.Item.Components.Any(MoveGraph.IsEdge)).Select(wave => wave.Index).ToList();
        Assert.All(edge, at => Assert.All(waves[at].Components, component => Assert.True(MoveGraph.IsEdge(component), system)));
        Assert.Equal(edge, Enumerable.Range(waves.Count - edge.Count, edge.Count));
    }

    // Enough of everything, and the same whenever it is asked.
    private static MoveRisk Risk(Component component) => new(
        component.Name.Length % 4,
        component is ManagedDatabase or Bucket,
        component.Name.Length % 3);

    private static MoveRisk Safe(Component component) => new(0, false, 0);

    private static IEnumerable<(MoveGraph Graph, RandomSystem System)> Graphs()
    {
        var generator = new RandomSystemGenerator();
        for (var stream = 1; stream <= RandomSystems; stream++)
        {
            var system = generator.Generate(new PCG((uint)stream, Seed), null, out _) with { Migration = null };
            var others = Fixtures.Clouds.Where(cloud => cloud != system.Cloud).ToList();
            if (GraphOf(system, others[stream % others.Count]) is { } graph) yield return (graph, system);
        }
    }

    private static MoveGraph? GraphOf(RandomSystem system, Cloud to)
    {
        var blueprint = PreparedStack.Of(system.Declaration, system.Settings).Blueprint;
        return blueprint.Model.Components.Count == 0 ? null : MoveGraph.Of(blueprint, to);
    }

    private static MoveGraph GraphOf(Action<Model> declare, IReadOnlyDictionary<string, Cloud>? placement = null)
    {
        var system = TestSystems.Declare(declare);
        var settings = TestSettings.For(Cloud.Aws, system: system) with { Placement = placement ?? new Dictionary<string, Cloud>() };
        return MoveGraph.Of(PreparedStack.Of(system, settings).Blueprint, Cloud.Scaleway);
    }

    private static IEnumerable<string> Waves(
        Action<Model> declare,
        int atMost = 4,
        HashSet<string>? late = null,
        Func<Component, MoveRisk>? risk = null) => Told(WavePlanning.Of(GraphOf(declare), atMost, late ?? Nobody, risk ?? Safe));

    private static IEnumerable<string> Told(IEnumerable<PlannedWave> waves) =>
        waves.Select(wave => string.Join(' ', wave.Components.Select(component => component.Name)));

    private static void DeclareShop(Model model)
    {
        var database = model.Add(new ManagedDatabase("database", new() { Engine = DatabaseEngine.PostgreSql }));
        var photos = model.Add(new Bucket("photos"));
        var api = model.Add(new ContainerService("api", new() { Port = 8080 })).Writes(database).Writes(photos);
        var zone = model.Add(new DnsZone("zone"));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["www"], Zone = zone }));
        var edge = model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(api, "www")] }));
        model.Add(new DnsRecord("www", new() { Zone = zone, Host = "www", Targets = [new(edge)] }));
    }
}

using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Streams;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Streams;

public sealed class GcpEventStreamTests
{
    private const string Cluster = "gcp:managedkafka/cluster:Cluster";
    private const string Topic = "gcp:managedkafka/topic:Topic";
    private const string List = "gcp:managedkafka/acl:Acl";

    [Fact]
    public void Its_servers_are_in_the_subnet_where_everything_runs()
    {
        var plan = GcpPlans.Good(Declare);

        Assert.Equal("{network-private.id}", plan.Only(Cluster).Input("gcpConfig.accessConfig.networkConfigs[0].subnet"));
        var way = plan.OfType("gcp:compute/firewall:Firewall").Single(rule => rule.Component == "shop");
        Assert.Equal(
            (plan.Only("gcp:compute/subnetwork:Subnetwork", "network-private").Input("ipCidrRange"), "9092"),
            (way.Input("destinationRanges[0]"), way.Input("allows[0].ports[0]")));
    }

    [Theory]
    [InlineData(Size.Nano, "3", "6442450944")]
    [InlineData(Size.Large, "12", "51539607552")]
    public void Its_capacity_is_that_of_three_servers(Size size, string processors, string memory)
    {
        var cluster = GcpPlans.Good(model => model.Add(new EventStream("events", new() { Size = size }))).Only(Cluster);

        Assert.Equal((processors, memory), (cluster.Input("capacityConfig.vcpuCount"), cluster.Input("capacityConfig.memoryBytes")));
    }

    [Fact]
    public void Everything_has_a_list_so_that_nobody_has_a_right_by_default()
    {
        var plan = GcpPlans.Good(model => model.Add(new EventStream("events")));

        var lists = plan.OfType(List);
        Assert.Equal(
            ["allConsumerGroups", "allTopics", "allTransactionalIds", "cluster"],
            lists.Select(list => list.Input("aclId")).Order(StringComparer.Ordinal));
        Assert.All(lists, list =>
        {
            Assert.Equal(
                ("User:{events-agent.email}", "DESCRIBE"),
                (list.Input("aclEntries[0].principal"), list.Input("aclEntries[0].operation")));
            Assert.Null(list.Input("aclEntries[1].principal"));
        });
    }

    [Fact]
    public void A_consumer_starts_when_its_lists_and_the_general_ones_are_there()
    {
        var plan = GcpPlans.Good(Declare);

        var waits = plan.Only("gcp:cloudrunv2/service:Service", "shop").DependsOn;
        Assert.All(plan.OfType(List), list => Assert.Contains(list.Urn, waits));
        Assert.Contains(plan.Only("gcp:projects/iAMMember:IAMMember").Urn, waits);
    }

    [Fact]
    public void A_consumer_is_its_service_account_by_a_key_that_no_plan_shows()
    {
        var plan = GcpPlans.Good(Declare);

        Assert.Equal("{shop:Account.email}", Fixtures.Of(Cloud.Gcp).VariablesOf(plan, "shop")["EVENTS_USERNAME"].Value);
        Assert.True(Fixtures.Of(Cloud.Gcp).VariablesOf(plan, "shop")["EVENTS_PASSWORD"].IsSecret);
        Assert.Contains(plan.Findings, finding => finding is { Component: "events", Rule.Id: "gcp-event-stream-keys" });
    }

    [Fact]
    public void Who_uses_two_streams_has_the_right_to_connect_once() => GcpPlans.Good(model => model
        .Add(new ContainerService("shop", new() { Port = 8080 }))
        .Calls(model.Add(new EventStream("events")))
        .Calls(model.Add(new EventStream("audit")))).Only("gcp:projects/iAMMember:IAMMember");

    [Theory]
    [InlineData(EnvironmentKind.Production)]
    [InlineData(EnvironmentKind.Staging)]
    public void There_are_three_copies_of_which_a_write_waits_for_two_whatever_the_environment(EnvironmentKind environment)
    {
        var topic = GcpPlans.Good(Declare, environment).Only(Topic);

        Assert.Equal("3", topic.Input("replicationFactor"));
        Assert.Equal("2", topic.JsonInput("configs")!.Value.GetProperty("min.insync.replicas").GetString());
    }

    [Fact]
    public void Deletion_is_refused_in_production()
    {
        var production = GcpPlans.Good(Declare);
        var staging = GcpPlans.Good(Declare, EnvironmentKind.Staging);

        Assert.All([Cluster, Topic], type =>
        {
            Assert.Equal("PREVENT", production.Only(type).Input("deletionPolicy"));
            Assert.Equal("DELETE", staging.Only(type).Input("deletionPolicy"));
        });
    }

    [Theory]
    [InlineData(50, "100", false)]
    [InlineData(80, "100", true)]
    [InlineData(200, "200", false)]
    public void Disks_have_at_least_what_Google_gives(int storage, string disk, bool isTold)
    {
        var plan = GcpPlans.Good(model => model.Add(new EventStream("events", new() { StorageGiB = storage })));

        Assert.Equal(disk, plan.Only(Cluster).Input("brokerCapacityConfig.diskSizeGib"));
        Assert.Equal(isTold, plan.Findings.Any(finding => finding.Rule.Id == "gcp-event-stream-storage"));
    }

    [Fact]
    public void More_consumers_than_a_list_has_room_for_are_refused()
    {
        Assert.DoesNotContain(Findings(49), rule => rule == "gcp-event-stream-consumers");
        Assert.Contains(Findings(50), rule => rule == "gcp-event-stream-consumers");

        static IEnumerable<string> Findings(int consumers) => GcpPlans.Plan(model =>
        {
            var events = model.Add(new EventStream("events", new() { Topics = [new() { Name = "orders" }] }));
            foreach (var number in Enumerable.Range(1, consumers)) model.Add(new ContainerService($"shop-{number}")).Publishes(events);
        }).Findings.Select(finding => finding.Rule.Id);
    }

    private static void Declare(Model model) => model
        .Add(new ContainerService("shop", new() { Port = 8080 }))
        .Publishes(model.Add(new EventStream("events", new() { Topics = [new() { Name = "orders" }] })));
}

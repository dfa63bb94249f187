using Infra.Components.ContentDelivery;
using System.Text;
using Infra.Components.Brokers;
using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Composition;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.Externals;
using Infra.Components.Mail;
using Infra.Components.Queues;
using Infra.Components.Search;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Streams;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Identities;

/// <summary>What every intent grants on every cloud, word by word.</summary>
public sealed class LeastPrivilegeTests
{
    [Theory]
    [MemberData(nameof(Fixtures.EachCloud), MemberType = typeof(Fixtures))]
    public void Every_intent_grants_exactly_what_was_reviewed(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);
        var plan = fixture.PlanWithoutErrors(model => Declare(model, cloud));
        var text = new StringBuilder();
        foreach (var consumer in Consumers.Where(consumer => plan.Components.Any(component => component.Name == consumer)))
        {
            text.Append(consumer).Append('\n');
            foreach (var grant in fixture.GrantsOf(plan, consumer)) text.Append("  ").Append(grant.ReplaceLineEndings("\\n")).Append('\n');
        }

        Snapshot.Matches(Path.Combine("tests", "Components", "Identities", "Snapshots", $"grants.{cloud.Name()}.txt"), text.ToString());
    }

    [Theory]
    [MemberData(nameof(Fixtures.EachCloud), MemberType = typeof(Fixtures))]
    public void A_consumer_without_links_is_granted_nothing_of_the_stores(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);

        var grants = fixture.GrantsOf(fixture.PlanWithoutErrors(model => Declare(model, cloud)), "stranger");
        string[] stores =
            ["orders", "archive", "reports", "sessions", "photos", "mails", "bus", "events", "catalogue", "stock", "api-key", "post"];
        Assert.DoesNotContain(grants, grant => stores.Any(store => grant.Contains(store, StringComparison.Ordinal)));
    }

    private static readonly string[] Consumers =
    [
        "db-reader", "db-writer", "part-reader", "part-writer", "copy-reader", "cache-reader", "cache-writer", "file-reader",
        "file-writer", "sender", "receiver", "bus-sender", "bus-receiver", "bus-user", "event-sender", "event-receiver", "event-user",
        "searcher", "indexer", "caller", "key-reader", "outsider", "mailer", "visitor", "stranger",
    ];

    private static void Declare(Model model, Cloud cloud)
    {
        var orders = model.Add(new ManagedDatabase("orders"));
        var archive = model.Add(new LogicalDatabase("archive", new() { Server = orders }));
        var reports = model.Add(new ReadReplica("reports", new() { Of = orders }));
        var sessions = model.Add(new Cache("sessions"));
        var photos = model.Add(new Bucket("photos"));
        var mails = model.Add(new Queue("mails"));
        var bus = model.Add(new MessageBroker("bus"));
        var events = new EventStream("events", new() { Topics = [new() { Name = "sales" }], Groups = ["audit"] });
        var hasStreams = CloudIndex.Of(cloud).Find(events.Kind) is not null;
        if (hasStreams) model.Add(events);
        var catalogue = model.Add(new SearchEngine("catalogue"));
        var stock = model.Add(new ContainerService("stock", new() { Port = 9090 }));
        Add("db-reader").Reads(orders);
        Add("db-writer").Writes(orders);
        Add("part-reader").Reads(archive);
        Add("part-writer").Writes(archive);
        Add("copy-reader").Reads(reports);
        Add("cache-reader").Reads(sessions);
        Add("cache-writer").Writes(sessions);
        Add("file-reader").Reads(photos);
        Add("file-writer").Writes(photos);
        Add("sender").Publishes(mails);
        Add("receiver").Consumes(mails);
        Add("bus-sender").Publishes(bus);
        Add("bus-receiver").Consumes(bus);
        Add("bus-user").Calls(bus);
        if (hasStreams)
        {
            Add("event-sender").Publishes(events);
            Add("event-receiver").Consumes(events);
            Add("event-user").Calls(events);
        }

        Add("searcher").Reads(catalogue);
        Add("indexer").Writes(catalogue);
        Add("caller").Calls(stock);
        Add("key-reader").Reads(model.Add(new Secret("api-key")));
        Add("outsider").Calls(model.Add(new External("cellar", new() { Host = "10.200.0.7", Addresses = ["10.200.0.7/32"] })));
        Add("mailer").Calls(model.Add(new MailSender("post", new()
        {
            Zone = model.Add(new DnsZone("zone")),
            Relay = cloud is Cloud.Aws or Cloud.Scaleway ? null : new() { Host = "smtp.relay.example" },
        })));
        Add("visitor").Calls(model.Add(new Cdn("assets", new()
        {
            Origin = new(photos),
            Zone = model.Components.OfType<DnsZone>().Single(),
            Supplier = cloud is Cloud.Ovh or Cloud.Kubernetes ? "shop.cdn.example" : "",
        })));
        Add("stranger");

        ContainerService Add(string name) => model.Add(new ContainerService(name, new() { Port = 8080 }));
    }
}

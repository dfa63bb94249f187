using Infra.Components.Brokers;
using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.Jobs;
using Infra.Components.LoadBalancers;
using Infra.Components.Networks;
using Infra.Components.Registries;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Clouds;

public sealed class LongestNameTests
{
    public static TheoryData<Cloud> Clouds => [.. Fixtures.Clouds];

    [Theory]
    [MemberData(nameof(Clouds))]
    public void The_longest_names_that_components_and_stacks_may_have_fit_into_what_is_made_of_them(Cloud cloud)
    {
        var system = TestSystems.Declare(model => Declare(model, cloud));
        var settings = Fixtures.Of(cloud).SettingsFor(system, EnvironmentKind.Production) with
        {
            Stack = "a-stack-whose-name-has-forty-characters0",
        };

        var model = new Model();
        system.Declare(model);
        Assert.Equal(40, settings.Stack.Length);
        Assert.All(model.Components, component => Assert.Equal(40, component.Name.Length));
        Assert.Equal("", Rehearsal.Run(system, settings).Errors());
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void So_do_the_shortest(Cloud cloud)
    {
        foreach (var probe in KindProbe.All.Where(probe => probe.IsProvidedOn(cloud)))
        {
            var system = TestSystems.Declare(model =>
            {
                var (target, user) = (probe.Declare(model, "db"), model.Add(new ContainerService("ui", new() { Port = 8080 })));
                probe.Surround(model, target);
                if (probe.Kind.IntentsOn(target).Count > 0) probe.Use(user, target);
            });
            var settings = Fixtures.Of(cloud).SettingsFor(system, EnvironmentKind.Production);

            Assert.Equal("", Rehearsal.Run(system, settings with { Stack = "s1" }).Errors());
        }
    }

    private static void Declare(Model model, Cloud cloud)
    {
        model.Add(new PrivateNetwork("network-whose-name-has-as-many-character"));
        model.Add(new ContainerRegistry("registry-whose-name-has-as-many-characte"));
        var database = model.Add(new ManagedDatabase("database-whose-name-has-as-many-characte"));
        var part = model.Add(new LogicalDatabase("logical-whose-name-has-as-many-character", new() { Server = database }));
        var replica = model.Add(new ReadReplica("replica-whose-name-has-as-many-character", new() { Of = database }));
        var cache = model.Add(new Cache("cache-whose-name-has-as-many-characters0"));
        var bucket = model.Add(new Bucket("bucket-whose-name-has-as-many-characters"));
        var broker = model.Add(new MessageBroker("broker-whose-name-has-as-many-characters", new() { Mqtt = cloud != Cloud.Aws }));
        var stock = model.Add(new ContainerService("called-whose-name-has-as-many-characters", new() { Port = 9090 }));
        var shop = model.Add(new ContainerService("service-whose-name-has-as-many-character", new() { Port = 8080 }))
            .Writes(database)
            .Writes(part)
            .Reads(replica)
            .Writes(cache)
            .Writes(bucket)
            .Calls(broker)
            .Calls(stock);
        model.Add(new ContainerService("worker-whose-name-has-as-many-characters"))
            .Reads(database)
            .Reads(cache)
            .Reads(bucket)
            .Consumes(broker);
        model.Add(new Job("job-whose-name-has-as-many-characters-as")).Writes(database).Writes(bucket);
        model.Add(new ScheduledJob("scheduled-whose-name-has-as-many-charact", new() { Schedule = "0 3 * * *" })).Writes(database);
        var zone = model.Add(new DnsZone("zone-whose-name-has-as-many-characters-a", new() { Domain = "shop.example" }));
        var certificate = model.Add(
            new Certificate("certificate-whose-name-has-as-many-chara", new() { Hosts = ["@", "*"], Zone = zone }));
        var edge = model.Add(new LoadBalancer(
            "balancer-whose-name-has-as-many-characte",
            new() { Certificate = certificate, Routes = [new(shop, "www"), new(stock, "www", "/stock")] }));
        model.Add(new DnsRecord("record-whose-name-has-as-many-characters", new() { Zone = zone, Host = "www", Targets = [new(edge)] }));
    }
}

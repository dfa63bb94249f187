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
        var system = TestSystems.Declare(Declare);
        var settings = Fixtures.Of(cloud).SettingsFor(system, EnvironmentKind.Production) with
        {
            Stack = "a-stack-whose-name-has-forty-characters0",
        };

        Assert.Equal(40, settings.Stack.Length);
        Assert.Equal("", Rehearsal.Run(system, settings).Errors());
    }

    private static void Declare(Model model)
    {
        model.Add(new PrivateNetwork("network-16-chars"));
        model.Add(new ContainerRegistry("registry-16-char"));
        var database = model.Add(new ManagedDatabase("database-16-char"));
        var cache = model.Add(new Cache("cache-of-16-char"));
        var bucket = model.Add(new Bucket("bucket-of-16-cha"));
        var stock = model.Add(new ContainerService("called-of-16-cha", new() { Port = 9090 }));
        var shop = model.Add(new ContainerService("service-16-chars", new() { Port = 8080 }))
            .Writes(database)
            .Writes(cache)
            .Writes(bucket)
            .Calls(stock);
        model.Add(new ContainerService("worker-16-charac")).Reads(database).Reads(cache).Reads(bucket);
        model.Add(new Job("job-with-16-char")).Writes(database).Writes(bucket);
        var zone = model.Add(new DnsZone("zone-of-16-chars", new() { Domain = "shop.example" }));
        var certificate = model.Add(
            new Certificate("certificate-16-c", new() { Hosts = ["@", "*"], Zone = zone }));
        var edge = model.Add(new LoadBalancer(
            "balancer-16-char",
            new() { Certificate = certificate, Routes = [new(shop, "www"), new(stock, "www", "/stock")] }));
        model.Add(new DnsRecord("record-16-charac", new() { Zone = zone, Host = "www", Targets = [new(edge)] }));
    }
}

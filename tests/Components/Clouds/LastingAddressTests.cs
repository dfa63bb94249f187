using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Networks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Facts;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Clouds;

/// <summary>By what others know a stack: the addresses at which it is reached, by which it leaves, and the servers of its zone.</summary>
public sealed class LastingAddressTests
{
    [Theory]
    [MemberData(nameof(Fixtures.EachCloud), MemberType = typeof(Fixtures))]
    public void Addresses_that_others_have_admitted_or_point_at_are_protected_in_production(Cloud cloud)
    {
        var lasting = Plan(cloud, EnvironmentKind.Production).Resources.Where(IsKnownOutside).ToList();

        Assert.Equal(cloud == Cloud.Kubernetes, lasting.Count == 0);
        Assert.All(lasting, resource => Assert.True(resource.Protect, $"{resource.Urn} is not protected."));
        Assert.DoesNotContain(Plan(cloud, EnvironmentKind.Preview).Resources, resource => IsKnownOutside(resource) && resource.Protect);
    }

    // What is private is known by its name, which stays; that of a relay on AWS, by the stack's own consumers.
    private static bool IsKnownOutside(PlannedResource resource) =>
        FactTables.Of(resource.Type) is { Lasts: Lasting.Address }
        && resource.Input("addressType") != "INTERNAL"
        && resource.Input("visibility") != "private"
        && resource is not { Component: "relay", TypeName: "LoadBalancer" };

    // With everything that has an address of its own: a way out, a load balancer, and a relay for the consumer that stands elsewhere.
    private static Plan Plan(Cloud cloud, EnvironmentKind environment) => TestSystems.Plan(
        cloud,
        model =>
        {
            model.Add(new PrivateNetwork("network", new() { Cidr = "10.20.0.0/16" }));
            var stock = model.Add(new ContainerService("stock", new() { Port = 9090 }));
            model.Add(new ContainerService("abroad")).Calls(stock);
            var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["www"], Zone = model.Add(new DnsZone("zone")) }));
            model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(stock, "www")] }));
        },
        environment,
        settings => settings with { Placement = new Dictionary<string, Cloud> { ["abroad"] = Cloud.Kubernetes } }).WithoutErrors();
}

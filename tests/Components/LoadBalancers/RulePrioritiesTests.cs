using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Aws;
using Infra.Components.Services;
using Xunit;

namespace Infra.Tests.LoadBalancers;

public sealed class RulePrioritiesTests
{
    private static readonly ContainerService Shop = new("shop", new() { Port = 8080 });

    [Fact]
    public void What_is_more_specific_comes_first()
    {
        Route[] routes =
        [
            new(Shop, "www.shop.example", "/api/v2"),
            new(Shop, "www.shop.example", "/api"),
            new(Shop, "www.shop.example"),
            new(Shop, "*.eu.shop.example"),
            new(Shop, "*.shop.example", "/api"),
            new(Shop, "*.shop.example"),
        ];

        var priorities = RulePriorities.Of(routes.Reverse());

        Assert.Equal(routes, routes.OrderBy(route => priorities[route]));
    }

    [Fact]
    public void Another_route_changes_no_priority()
    {
        var routes = Enumerable.Range(1, 20).Select(number => new Route(Shop, $"host{number}.shop.example")).ToList();
        var before = RulePriorities.Of(routes);

        var after = RulePriorities.Of([new Route(Shop, "aaa.shop.example"), .. routes]);

        Assert.All(routes, route => Assert.Equal(before[route], after[route]));
    }

    [Fact]
    public void A_hundred_routes_have_a_hundred_priorities_that_AWS_accepts()
    {
        var routes = Enumerable.Range(1, 100)
            .Select(number => new Route(Shop, number % 2 == 0 ? $"*.host{number}.shop.example" : "www.shop.example", $"/{number}"))
            .ToList();

        var priorities = RulePriorities.Of(routes).Values;

        Assert.Equal(100, priorities.Distinct().Count());
        Assert.All(priorities, priority => Assert.InRange(priority, 1, 50000));
    }
}

using Infra.Components.LoadBalancers.Aws;
using Xunit;

namespace Infra.Tests.LoadBalancers;

public sealed class RulePrioritiesTests
{
    [Fact]
    public void What_is_more_specific_comes_first()
    {
        (string Host, string Path)[] routes =
        [
            ("www.shop.example", "/api/v2"),
            ("www.shop.example", "/api"),
            ("www.shop.example", "/"),
            ("*.eu.shop.example", "/"),
            ("*.shop.example", "/api"),
            ("*.shop.example", "/"),
        ];

        var priorities = RulePriorities.Of(routes.Reverse());

        Assert.Equal(routes, routes.OrderBy(route => priorities[route]));
    }

    [Fact]
    public void Several_rules_of_a_route_follow_each_other_before_whatever_is_less_specific()
    {
        (string Host, string Path, int Rules)[] routes =
        [
            .. Enumerable.Range(1, 60).Select(number => ("www.shop.example", $"/p{number}", 11)),
            ("www.shop.example", "/", 1),
        ];

        var priorities = RulePriorities.Of(routes);

        Assert.Equal((60 * 11) + 1, priorities.Values.SelectMany(numbers => numbers).Distinct().Count());
        Assert.All(priorities.Values, numbers => Assert.Equal(numbers.Order(), numbers));
        var last = priorities[("www.shop.example", "/")].Single();
        Assert.All(priorities.Values.SelectMany(numbers => numbers), number => Assert.InRange(number, 1, last));
    }

    [Fact]
    public void Another_route_changes_no_priority()
    {
        var routes = Enumerable.Range(1, 20).Select(number => (Host: $"host{number}.shop.example", Path: "/")).ToList();
        var before = RulePriorities.Of(routes);

        var after = RulePriorities.Of([("aaa.shop.example", "/"), .. routes]);

        Assert.All(routes, route => Assert.Equal(before[route], after[route]));
    }

    [Fact]
    public void A_hundred_routes_have_a_hundred_priorities_that_AWS_accepts()
    {
        var routes = Enumerable.Range(1, 100)
            .Select(number => (number % 2 == 0 ? $"*.host{number}.shop.example" : "www.shop.example", $"/{number}"))
            .ToList();

        var priorities = RulePriorities.Of(routes).Values;

        Assert.Equal(100, priorities.Distinct().Count());
        Assert.All(priorities, priority => Assert.InRange(priority, 1, 50000));
    }
}

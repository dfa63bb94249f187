using Infra.Components.Networks;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Networks;

public sealed class PrivateNetworkArgsTests
{
    public static TheoryData<string, PrivateNetworkArgs> Refused => new()
    {
        { "Cidr", new() { Cidr = "10.1.2.0/16" } },
        { "Cidr", new() { Cidr = "10.0.0.0/8" } },
        { "Cidr", new() { Cidr = "172.32.0.0/16" } },
        { "Cidr", new() { Cidr = "192.168.1.0/16" } },
        { "Cidr", new() { Cidr = "8.8.0.0/16" } },
        { "Cidr", new() { Cidr = "10.256.0.0/16" } },
        { "Zones", new() { Zones = 1 } },
        { "Zones", new() { Zones = 4 } },
    };

    public static TheoryData<PrivateNetworkArgs> Accepted => new()
    {
        new() { Cidr = "10.255.0.0/16", Zones = 2 },
        new() { Cidr = "172.31.0.0/16", Zones = 3 },
        new() { Cidr = "192.168.0.0/16" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_a_cloud_would_refuse_minutes_into_an_update_is_refused_before_it(string argument, PrivateNetworkArgs args) =>
        Assert.Equal([argument], Refusals.Of(args));

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Bounds_themselves_are_allowed(PrivateNetworkArgs args) => Assert.Empty(Refusals.Of(args));
}

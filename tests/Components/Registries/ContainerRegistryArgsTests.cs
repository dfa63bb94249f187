using Infra.Components.Registries;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Registries;

public sealed class ContainerRegistryArgsTests
{
    public static TheoryData<string, ContainerRegistryArgs> Refused => new()
    {
        { "KeepImages", new() { KeepImages = 0 } },
        { "ExpireUntaggedDays", new() { ExpireUntaggedDays = 0 } },
    };

    public static TheoryData<ContainerRegistryArgs> Accepted => new()
    {
        new() { KeepImages = 1, ExpireUntaggedDays = 1 },
        new() { KeepImages = 1000, ExpireUntaggedDays = 365 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_a_cloud_would_refuse_minutes_into_an_update_is_refused_before_it(string argument, ContainerRegistryArgs args) =>
        Assert.Equal([argument], Refusals.Of(args));

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Bounds_themselves_are_allowed(ContainerRegistryArgs args) => Assert.Empty(Refusals.Of(args));
}

using Infra.Components.Composition;
using Infra.Components.Systems;
using Xunit;

namespace Infra.Tests.Testing;

/// <summary>The fixture of every cloud that has a builder.</summary>
internal static class Fixtures
{
    private static readonly CloudFixture[] All =
    [
        new AwsFixture(),
        new GcpFixture(),
        new ScalewayFixture(),
        new OvhFixture(),
        new KubernetesFixture(),
    ];

    public static CloudFixture Of(Cloud cloud) => All.Single(fixture => fixture.Cloud == cloud);

    /// <summary>Every cloud that has a builder: a fixture that is missing fails the tests that use it.</summary>
    public static IEnumerable<Cloud> Clouds => CloudIndex.All.Select(cloud => cloud.Cloud);

    /// <summary>The same, for tests that run once on each.</summary>
    public static TheoryData<Cloud> EachCloud => [.. Clouds];
}

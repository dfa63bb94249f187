using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Components.Composition;

/// <summary>Every cloud.</summary>
internal static class CloudIndex
{
    /// <summary>The clouds, in the order in which tables list them.</summary>
    public static IReadOnlyList<ICloud> All { get; } =
    [
        new AwsCloud(),
        new GcpCloud(),
        new ScalewayCloud(),
        new OvhCloud(),
        new KubernetesCloud(),
    ];

    /// <summary>The cloud of that name.</summary>
    public static ICloud Of(Cloud cloud) => All.Single(candidate => candidate.Cloud == cloud);
}

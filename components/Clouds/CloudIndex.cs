using Infra.Components.Placements;

namespace Infra.Components.Clouds;

/// <summary>Every cloud that has a builder.</summary>
internal static class CloudIndex
{
    /// <summary>The clouds, in the order in which tables list them.</summary>
    public static IReadOnlyList<ICloud> All { get; } = [new AwsCloud(), new GcpCloud(), new ScalewayCloud(), new OvhCloud(), new KubernetesCloud()];

    /// <summary>The cloud of that name; null when it has no builder yet.</summary>
    public static ICloud? Find(Cloud cloud) => All.FirstOrDefault(candidate => candidate.Cloud == cloud);
}

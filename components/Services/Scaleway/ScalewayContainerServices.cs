using Infra.Components.Clouds;
using Infra.Components.Services.Kubernetes;

namespace Infra.Components.Services.Scaleway;

/// <summary>Services on Scaleway: those of its cluster.</summary>
internal sealed class ScalewayContainerServices : KubernetesContainerServices
{
    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [ContainerChecks.AnyUser, .. VolumeChecks.OfOwnCluster];
}

using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Placements;
using Pulumi;

namespace Infra.Components.Services.Kubernetes;

/// <summary>A service as the target of links. Its name is enough, so services may call each other whichever is built first.</summary>
/// <param name="service">The declared service.</param>
/// <param name="cluster">The cluster.</param>
internal sealed class KubernetesServiceTarget(ContainerService service, ClusterContext cluster) : IKubernetesTarget
{
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Pods => ClusterContext.Selector(service.Name);

    /// <inheritdoc/>
    public int PodPort => service.Args.Port!.Value;

    /// <inheritdoc/>
    public bool SpeaksTls => false;

    /// <inheritdoc/>
    (string Host, int Port) IKubernetesTarget.Service => (cluster.Host(service.Name), PodPort);

    /// <inheritdoc/>
    public Connection Connect(KubernetesGrantee grantee, StandingLink link, RelayEndpoint? relay) => relay is null
        ? ServiceConnection.To(cluster.Host(service.Name), PodPort)
        : ServiceConnection.ToCrossCloud(
            relay.Address,
            Output.Create(relay.Port.ToString(CultureInfo.InvariantCulture)),
            relay.CertificateAuthority);
}

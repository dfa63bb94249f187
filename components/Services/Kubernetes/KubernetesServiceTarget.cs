using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Placements;
using Pulumi;

namespace Infra.Components.Services.Kubernetes;

/// <summary>
/// A service as the target of links. Its name is enough, so services may call each other whichever is built first. Callers enter by a port
/// that never changes and leads to the one that each pod calls <see cref="PodPortName"/>: while a container's port changes, replicas with
/// the old and with the new one are reached alike, and nobody who calls changes.
/// </summary>
/// <param name="service">The declared service.</param>
/// <param name="cluster">The cluster.</param>
internal sealed class KubernetesServiceTarget(ContainerService service, ClusterContext cluster) : IKubernetesTarget
{
    /// <summary>The port by which callers enter.</summary>
    public const int EntryPort = 80;

    /// <summary>What a service's pods call the port that they listen on.</summary>
    public const string PodPortName = "http";

    /// <inheritdoc/>
    public string Name => service.Name;

    /// <summary>None: the service's own, and nobody waits for them, because services may call each other.</summary>
    public IReadOnlyList<Resource> Ways => [];

    /// <inheritdoc/>
    public bool SpeaksTls => false;

    /// <inheritdoc/>
    (string Host, int Port) IKubernetesTarget.Service => (cluster.Host(service.Name), EntryPort);

    /// <inheritdoc/>
    public Connection Connect(KubernetesGrantee grantee, StandingLink link, RelayEndpoint? relay) => relay is null
        ? ServiceConnection.To(
            cluster.Host(service.Name), EntryPort, cluster.HostsOf(service.Name, service.Args.Scaling.Members ?? 0))
        : ServiceConnection.ToCrossCloud(
            relay.Address,
            Output.Create(relay.Port.ToString(CultureInfo.InvariantCulture)),
            relay.CertificateAuthority);
}

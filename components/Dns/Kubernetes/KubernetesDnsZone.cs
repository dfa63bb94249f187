using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Pulumi;

namespace Infra.Components.Dns.Kubernetes;

/// <summary>A zone that someone else serves: external-dns writes its records there.</summary>
internal sealed class KubernetesDnsZone : PlacedComponent, IDnsZone
{
    /// <summary>Refers to the zone.</summary>
    /// <param name="zone">The declared zone.</param>
    /// <param name="context">The stack's part on the cloud, whose cluster writes its records.</param>
    public KubernetesDnsZone(DnsZone zone, KubernetesContext context)
        : base(context.PlaceInCluster(zone))
    {
        Domain = Output.Create(zone.Args.Domain);
        NameServers = Output.Create("");
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Domain { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> NameServers { get; private set; }
}

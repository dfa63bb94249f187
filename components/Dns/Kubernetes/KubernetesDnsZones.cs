using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;

namespace Infra.Components.Dns.Kubernetes;

/// <summary>Zones that someone else serves.</summary>
internal sealed class KubernetesDnsZones()
    : Provision<DnsZone, KubernetesContext>(DnsZoneKind.Instance, new(Backing.External, "the DNS service that external-dns writes to"))
{
    /// <inheritdoc/>
    protected override void Check(DnsZone component, CloudChecks checks) => ExistingZones.Check(component, checks);

    /// <inheritdoc/>
    protected override PlacedComponent Build(DnsZone component, KubernetesContext context) => new KubernetesDnsZone(component, context);
}

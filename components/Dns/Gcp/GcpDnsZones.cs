using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Dns.Gcp;

/// <summary>Zones on Google Cloud.</summary>
internal sealed class GcpDnsZones() : Provision<DnsZone, GcpContext>(DnsZoneKind.Instance, new(Backing.Native, "Cloud DNS")), IUsesApis
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Apis { get; } = ["dns"];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(DnsZone component) => [RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override PlacedComponent Build(DnsZone component, GcpContext context) =>
        new GcpDnsZone(component, context.Get<GcpRuntime>(), context);
}

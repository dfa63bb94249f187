using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;

namespace Infra.Components.Dns.Aws;

/// <summary>DNS zones on AWS.</summary>
internal sealed class AwsDnsZones() : Provision<DnsZone, AwsContext>(DnsZoneKind.Instance, new(Backing.Native, "Amazon Route 53"))
{
    /// <inheritdoc/>
    protected override PlacedComponent Build(DnsZone component, AwsContext context) => new AwsDnsZone(component, context);
}

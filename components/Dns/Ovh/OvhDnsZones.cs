using Infra.Components.Clouds;
using Infra.Components.Clouds.Ovh;

namespace Infra.Components.Dns.Ovh;

/// <summary>DNS zones on OVHcloud.</summary>
internal sealed class OvhDnsZones() : DnsZoneProvision<OvhContext>(new(Backing.External, "OVHcloud DNS"))
{
    private static readonly Gap Created = new("zone created", "The zone must exist: ordering one is a purchase.");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [Created];

    /// <inheritdoc/>
    protected override void CheckManaged(DnsZone zone, CloudChecks checks) => ExistingZones.Check(zone, checks);

    /// <inheritdoc/>
    protected override PlacedComponent BuildManaged(DnsZone zone, OvhContext context) => new OvhDnsZone(zone, context);
}

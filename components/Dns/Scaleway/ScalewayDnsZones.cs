using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Scaleway;

namespace Infra.Components.Dns.Scaleway;

/// <summary>DNS zones on Scaleway.</summary>
internal sealed class ScalewayDnsZones()
    : Provision<DnsZone, ScalewayContext>(DnsZoneKind.Instance, new(Backing.Native, "Scaleway Domains and DNS"))
{
    private static readonly Rule Accepted = Rule.Error("scaleway-dns-zone-arguments", "Scaleway accepts the zone's arguments");

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(ScalewayDnsTweak)];

    /// <inheritdoc/>
    protected override void Check(DnsZone zone, CloudChecks checks)
    {
        var registered = ScalewayDnsZone.RegisteredDomain(zone.Args);
        checks.Guard(zone, Accepted).Require(
            zone.Args.Domain == registered || zone.Args.Domain.EndsWith("." + registered, StringComparison.Ordinal),
            "ScalewayDnsTweak.RegisteredDomain",
            $"'{registered}'",
            $"'{zone.Args.Domain}' or a domain that it is a part of");
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(DnsZone zone, ScalewayContext context) => new ScalewayDnsZone(zone, context);
}

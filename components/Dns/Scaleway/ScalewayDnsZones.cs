using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Scaleway;

namespace Infra.Components.Dns.Scaleway;

/// <summary>DNS zones on Scaleway.</summary>
internal sealed partial class ScalewayDnsZones()
    : DnsZoneProvision<ScalewayContext>(new(Backing.Native, "Scaleway Domains and DNS"))
{
    private static readonly Rule Accepted = Rule.Error("scaleway-dns-zone-arguments", "Scaleway accepts the zone's arguments");

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(ScalewayDnsTweak)];

    /// <inheritdoc/>
    protected override void CheckManaged(DnsZone zone, CloudChecks checks)
    {
        ExistingZones.Check(zone, checks, account: (Project(), "the project that keeps the zone, a UUID"));
        if (zone.Args.Existing is not null) return;
        var registered = ScalewayDnsZone.RegisteredDomain(zone.Args);
        checks.Guard(zone, Accepted).Require(
            zone.Args.Domain == registered || zone.Args.Domain.EndsWith("." + registered, StringComparison.Ordinal),
            "ScalewayDnsTweak.RegisteredDomain",
            $"'{registered}'",
            $"'{zone.Args.Domain}' or a domain that it is a part of");
    }

    /// <inheritdoc/>
    protected override PlacedComponent BuildManaged(DnsZone zone, ScalewayContext context) => new ScalewayDnsZone(zone, context);

    [GeneratedRegex(@"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\z")]
    private static partial Regex Project();
}

using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Dns;

/// <summary>A DNS zone.</summary>
public sealed class DnsZoneKind : ComponentKind
{
    private static readonly Rule Named = new(
        "dns-zone-domain",
        "Zones have a domain",
        Severity.Error,
        Severity.Info,
        Severity.Info,
        CanBeWaived: false);

    private static readonly Rule Once = Rule.Error("dns-zone-same-domain", "A domain has one zone in a stack");

    private DnsZoneKind()
        : base("DnsZone", BuildStage.Zone)
    {
    }

    /// <summary>The kind.</summary>
    public static DnsZoneKind Instance { get; } = new();

    /// <inheritdoc/>
    public override string? Lasts => "its name servers, to which the domain is delegated";

    /// <inheritdoc/>
    public override bool HasDomain => true;

    /// <inheritdoc/>
    public override void Check(Model model, Findings findings)
    {
        foreach (var zone in model.Components.OfType<DnsZone>().Where(zone => !zone.Args.HasDomain))
        {
            findings.Report(
                Named,
                zone.Name,
                $"It has no domain, as infra:domain and infra:domains.{zone.Name} are missing: the zone, its records and its certificates "
                + "are left out; allowed in production: a domain such as example.org. Set infra:domain in the stack's file.");
        }

        // A registrar delegates to the name servers of one of them, and nobody would see what is written into the others.
        foreach (var alike in model.Components.OfType<DnsZone>().Where(zone => zone.Args.HasDomain).GroupBy(zone => zone.Args.Domain))
        {
            foreach (var zone in alike.Skip(1))
            {
                findings.Report(
                    Once,
                    zone.Name,
                    $"Its domain is {alike.Key}, as that of '{alike.First().Name}' is: resolvers ask one of the two, and never find the "
                    + $"records of the other; allowed: a domain that no other zone has. Set infra:domains.{zone.Name} in the stack's file, "
                    + $"or remove '{zone.Name}' and put its records into '{alike.First().Name}'.");
            }
        }
    }
}

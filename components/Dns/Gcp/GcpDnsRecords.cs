using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;

namespace Infra.Components.Dns.Gcp;

/// <summary>Records on Google Cloud.</summary>
internal sealed class GcpDnsRecords() : Provision<DnsRecord, GcpContext>(DnsRecordKind.Instance, new(Backing.Native, "Cloud DNS"))
{
    private static readonly Rule OneType = Rule.Error("gcp-targets", "All targets of a record have one type, as record sets have");

    /// <inheritdoc/>
    protected override void Check(DnsRecord component, CloudChecks checks)
    {
        var types = component.Args.Targets.Select(GcpRecordData.TypeOf).Distinct().ToList();
        checks.Guard(component, OneType).Require(
            types.Count == 1,
            nameof(DnsRecordArgs.Targets),
            string.Join(" and ", types),
            "one type for all targets; a load balancer on Google Cloud has an address, A");
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(DnsRecord component, GcpContext context) =>
        new GcpDnsRecord(component, context.Of<GcpDnsZone>(component.Args.Zone), context);
}

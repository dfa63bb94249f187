using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;

namespace Infra.Components.Dns.Gcp;

/// <summary>Records on Google Cloud.</summary>
internal sealed class GcpDnsRecords() : DnsRecordProvision<GcpContext>(new(Backing.Native, "Cloud DNS"))
{
    private static readonly Rule OneType = Rule.Error("gcp-targets", "All targets of a record have one type, as record sets have");

    /// <inheritdoc/>
    protected override void CheckManaged(DnsRecord component, CloudChecks checks)
    {
        RecordTargets.Check(component, checks);
        var types = component.Args.Targets.Select(target => RecordTargets.TypeOf(target, checks)).Distinct().ToList();
        checks.Guard(component, OneType).Require(
            types.Count == 1,
            nameof(DnsRecordArgs.Targets),
            string.Join(" and ", types),
            "one type for all targets; a load balancer with an address is an A, one with a host name a CNAME");
    }

    /// <inheritdoc/>
    protected override PlacedComponent BuildManaged(DnsRecord component, GcpContext context) =>
        new GcpDnsRecord(component, context.Of<GcpDnsZone>(component.Args.Zone), context);
}

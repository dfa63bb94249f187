using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Dns.Kubernetes;

namespace Infra.Components.Dns.Ovh;

/// <summary>DNS records on OVHcloud.</summary>
internal sealed class OvhDnsRecords() : DnsRecordProvision<OvhContext>(new(Backing.Native, "OVHcloud DNS"))
{
    private static readonly Rule Weighted = Rule.Error("ovh-dns-record-weight", "One target of a record carries traffic on OVHcloud");

    private static readonly Rule Quotes = Rule.Error(
        "ovh-dns-record-quotes",
        "Texts in DNS on OVHcloud hold neither quotes nor backslashes");

    private static readonly Gap Weights = new(RecordGaps.WeightPromise, "No weights.") { Rule = Weighted };

    private static readonly Gap Parking = new(
        "names of their own",
        "A zone may come with records of a parking page, for the domain itself and www: delete them by hand, or they share the visitors.");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [Weights, RecordGaps.TypeOfSeveral, Parking];

    /// <inheritdoc/>
    protected override void CheckManaged(DnsRecord record, CloudChecks checks)
    {
        RecordTargets.Check(record, checks);
        // OVHcloud's API takes texts in quotes as they are, and says nowhere how a quote inside is written.
        foreach (var value in record.Args.Targets.Where(target => target.Type == "TXT").SelectMany(target => target.Values))
        {
            if (value.AsSpan().ContainsAny('"', '\\'))
                checks.Guard(record, Quotes).Refuse("Targets.Values", $"TXT '{value}'", "texts without quotes and backslashes on OVHcloud");
        }

        var carrying = KubernetesDnsRecord.Carrying(record.Args).Count();
        if (carrying < 2) return;

        // A record moves with its zone, and both with their load balancers.
        checks.Report(
            Weighted,
            record,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{carrying} targets carry traffic, and OVHcloud's DNS has no weights; allowed: one target above 0. Set the other weights "
                + $"to 0, split the traffic by a load balancer's routes, or place '{record.Args.Zone.Name}' and '{record.Name}' on "
                + $"{checks.Alternatives(record.Kind, Weights.Promise)}."));
    }

    /// <inheritdoc/>
    protected override PlacedComponent BuildManaged(DnsRecord record, OvhContext context) =>
        new OvhDnsRecord(record, context.EntranceOf, context);
}

using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Scaleway;

namespace Infra.Components.Dns.Scaleway;

/// <summary>DNS records on Scaleway.</summary>
internal sealed class ScalewayDnsRecords()
    : DnsRecordProvision<ScalewayContext>(new(Backing.Native, "Scaleway Domains and DNS"))
{
    private static readonly Rule Weighted = Rule.Error(
        "scaleway-dns-record-weight",
        "Only IPv4 addresses share traffic by weight on Scaleway");

    private static readonly Rule ToldApart = Rule.Warning(
        "scaleway-dns-record-values",
        "No value of a record on Scaleway begins with another one");

    private static readonly Gap WeightsOfNames = new("weights of other types", "Weights for addresses only, not for host names.")
    {
        Rule = Weighted,
    };

    private static readonly Gap LaterValue = new(
        "any value at any time",
        "A value with which another one begins must be written with it: added later, it is taken for the other.")
    {
        Rule = ToldApart,
    };

    private static readonly Gap OwnNames = new(
        "names of content delivery networks",
        "Scaleway writes a name that leads to its Edge Services by itself, and says how long it is kept.")
    {
        Rule = Rule.Info("scaleway-dns-record-cdn", "Records are written by the stack"),
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [WeightsOfNames, LaterValue, RecordGaps.TypeOfSeveral, OwnNames];

    /// <inheritdoc/>
    protected override void CheckManaged(DnsRecord record, CloudChecks checks)
    {
        var args = record.Args;
        RecordTargets.Check(record, checks);
        if (args.IsWeighted)
        {
            foreach (var target in args.Targets.Where(target => RecordTargets.TypeOf(target, checks) != "A"))
            {
                // Whoever has no weights at all is no alternative.
                checks.Report(
                    Weighted,
                    record,
                    $"Targets.Type is {RecordTargets.TypeOf(target, checks)}; allowed: A, or a load balancer with an address: Scaleway "
                    + "shares traffic between IPv4 addresses only. "
                    + $"Name the addresses, keep one target, or place '{record.Name}' on "
                    + $"{checks.Alternatives(record.Kind, RecordGaps.WeightPromise)}.");
            }

            return;
        }

        CheckBeginnings(record, checks);
        if (args.Targets[0].Cdn is { Args.IsSupplied: false } cdn && checks.Blueprint.Find(cdn, checks.Cloud) is not null)
        {
            checks.Report(
                OwnNames.Rule!,
                record,
                $"'{cdn.Name}' is a pipeline of Scaleway Edge Services, which writes {args.FullName} into the zone by itself: nothing is "
                + "written here, and TtlSeconds is of no effect.");
        }
    }

    /// <inheritdoc/>
    protected override PlacedComponent BuildManaged(DnsRecord record, ScalewayContext context) =>
        new ScalewayDnsRecord(record, context.Of<ScalewayDnsZone>(record.Args.Zone), context.EntranceOf, context);

    private static void CheckBeginnings(DnsRecord record, CloudChecks checks)
    {
        foreach (var target in record.Args.Targets)
        {
            foreach (var value in target.Values)
            {
                if (target.Values.FirstOrDefault(other => ScalewayDnsRecord.BeginsWith(other, value)) is not { } longer) continue;
                checks.Report(
                    ToldApart,
                    record,
                    $"Targets.Values holds '{value}' and '{longer}', which begins with it; allowed: both from the start. Scaleway's "
                    + $"provider finds records by their beginning: where '{longer}' is deployed already, remove both in one update, and "
                    + "add both in the next one.");
            }
        }
    }
}

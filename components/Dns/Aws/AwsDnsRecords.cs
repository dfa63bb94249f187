using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Dns.Aws;

/// <summary>DNS records on AWS.</summary>
internal sealed class AwsDnsRecords() : DnsRecordProvision<AwsContext>(new(Backing.Native, "Amazon Route 53"))
{
    // AWS documentation, Amazon Route 53: choosing between alias and non-alias records. An alias has its target's TTL.
    private const int AliasSeconds = 60;

    private static readonly Rule Ttl = Rule.Info(
        "aws-dns-record-ttl",
        "Answers that lead to a load balancer are kept as long as the record says");

    private static readonly Rule OneType = Rule.Error("aws-dns-record-types", "All targets of a record have one type");

    private static readonly Gap AliasTtl = new(
        "ttl of load balancers",
        string.Create(CultureInfo.InvariantCulture, $"Resolvers keep answers that lead to a load balancer for {AliasSeconds} seconds."))
    {
        Rule = Ttl,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [AliasTtl];

    /// <inheritdoc/>
    protected override void CheckManaged(DnsRecord component, CloudChecks checks)
    {
        var args = component.Args;
        RecordTargets.Check(component, checks, target => IsAlias(target, checks));
        var types = args.Targets.Select(target => IsAlias(target, checks) ? "A" : RecordTargets.TypeOf(target, checks)).Distinct().ToList();
        checks.Guard(component, OneType).Require(
            types.Count == 1,
            nameof(DnsRecordArgs.Targets),
            string.Join(" and ", types),
            "one type for all targets; a load balancer or content delivery network on AWS has an alias of type A");
        if (args.TtlSeconds is DnsRecordArgs.UsualTtlSeconds or AliasSeconds) return;
        if (!args.Targets.Any(target => IsAlias(target, checks))) return;
        checks.Lacks(
            AliasTtl,
            component,
            string.Create(
                CultureInfo.InvariantCulture,
                $"TtlSeconds is {args.TtlSeconds}, and resolvers keep answers that lead to a load balancer for {AliasSeconds} seconds."),
            "Leave TtlSeconds out");
    }

    /// <inheritdoc/>
    protected override PlacedComponent BuildManaged(DnsRecord component, AwsContext context) =>
        new AwsDnsRecord(component, context.Of<AwsDnsZone>(component.Args.Zone), context);

    // A supplier's network is none of AWS's own.
    private static bool IsAlias(DnsTarget target, CloudChecks checks) =>
        target is { Entrance: { } entrance, Cdn: null or { Args.IsSupplied: false } }
        && checks.Model.Holds(entrance)
        && (target.On ?? Cloud.Aws) == Cloud.Aws
        && checks.Blueprint.Find(entrance, Cloud.Aws) is not null;
}

using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;

namespace Infra.Components.Dns.Aws;

/// <summary>DNS records on AWS.</summary>
internal sealed class AwsDnsRecords() : Provision<DnsRecord, AwsContext>(DnsRecordKind.Instance, new(Backing.Native, "Amazon Route 53"))
{
    // AWS documentation, Amazon Route 53: choosing between alias and non-alias records. An alias has its target's TTL.
    private const int AliasSeconds = 60;

    private static readonly Rule Ttl = Rule.Info(
        "aws-dns-record-ttl",
        "Answers that lead to a load balancer are kept as long as the record says");

    private static readonly Gap AliasTtl = new(
        "ttl of load balancers",
        string.Create(CultureInfo.InvariantCulture, $"Resolvers keep answers that lead to a load balancer for {AliasSeconds} seconds."))
    {
        Rule = Ttl,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [AliasTtl];

    /// <inheritdoc/>
    protected override void Check(DnsRecord component, CloudChecks checks)
    {
        var args = component.Args;
        if (args.TtlSeconds is DnsRecordArgs.UsualTtlSeconds or AliasSeconds) return;
        if (args.Targets.All(target => target.LoadBalancer is null)) return;
        checks.Lacks(
            AliasTtl,
            component,
            string.Create(
                CultureInfo.InvariantCulture,
                $"TtlSeconds is {args.TtlSeconds}, and resolvers keep answers that lead to a load balancer for {AliasSeconds} seconds."),
            "Leave TtlSeconds out");
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(DnsRecord component, AwsContext context) =>
        new AwsDnsRecord(component, context.Of<AwsDnsZone>(component.Args.Zone), context);
}

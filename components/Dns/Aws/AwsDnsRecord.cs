using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.LoadBalancers;
using Pulumi;
using RecordInputs = Pulumi.Aws.Route53.Inputs;
using Route53 = Pulumi.Aws.Route53;

namespace Infra.Components.Dns.Aws;

/// <summary>
/// A name in a zone of Amazon Route 53: one weighted record per target. A single target is weighted too: Route 53 lets no plain record
/// stand beside a weighted one of the same name, so a second target could come, and go again, in no order that it accepts.
/// </summary>
internal sealed class AwsDnsRecord : PlacedComponent, IDnsRecord
{
    /// <summary>Builds the record.</summary>
    public AwsDnsRecord(DnsRecord record, AwsDnsZone zone, AwsContext context)
        : base(context.Place(record))
    {
        var args = record.Args;
        for (var index = 0; index < args.Targets.Count; index++)
        {
            // Resource and identifier follow the position, so that a target which replaces another is an update in place.
            var position = string.Create(CultureInfo.InvariantCulture, $"{Name}-{index + 1}");
            _ = new Route53.Record(
                index == 0 ? Name : position,
                Arguments(args, args.Targets[index], position, zone, context),
                Child().On(zone.Keeper));
        }

        FullName = Output.Create(args.FullName);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> FullName { get; private set; }

    private static Route53.RecordArgs Arguments(
        DnsRecordArgs args,
        DnsTarget target,
        string identifier,
        AwsDnsZone zone,
        AwsContext context)
    {
        var arguments = new Route53.RecordArgs
        {
            ZoneId = zone.ZoneId,
            Name = args.FullName,
            Type = target.Type ?? "A",
            SetIdentifier = identifier,
            WeightedRoutingPolicies = [new RecordInputs.RecordWeightedRoutingPolicyArgs { Weight = target.Weight }],
        };
        if (target.Entrance is not null && context.EntranceOf(target) is var entered)
        {
            if (entered is IAwsAliasTarget own)
            {
                arguments.Aliases =
                [
                    new RecordInputs.RecordAliasArgs
                    {
                        Name = own.Address,
                        ZoneId = own.HostedZoneId,
                        EvaluateTargetHealth = own.TellsItsHealth,
                    },
                ];
            }
            else
            {
                arguments.Type = entered.AddressKind == AddressKind.Ip ? "A" : "CNAME";
                arguments.Ttl = args.TtlSeconds;
                arguments.Records = [entered.Address];
            }
        }
        else
        {
            arguments.Ttl = args.TtlSeconds;
            arguments.Records = target.Values.Select(value => AwsRecordData.Of(target.Type!, value)).ToList();
        }

        return arguments;
    }
}

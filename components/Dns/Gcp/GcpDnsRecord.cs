using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.LoadBalancers;
using Pulumi;
using PublicDns = Pulumi.Gcp.Dns;

namespace Infra.Components.Dns.Gcp;

/// <summary>A record set of Cloud DNS: one resource, also where several targets share the traffic by weight.</summary>
internal sealed class GcpDnsRecord : PlacedComponent, IDnsRecord
{
    /// <summary>Builds the record.</summary>
    public GcpDnsRecord(DnsRecord record, GcpDnsZone zone, GcpContext context)
        : base(context.Place(record))
    {
        var args = record.Args;
        var set = new PublicDns.RecordSetArgs
        {
            Project = zone.Project,
            ManagedZone = zone.ManagedZone,
            Name = $"{args.FullName}.",
            Type = TypeOf(args.Targets[0]),
            Ttl = args.TtlSeconds,
        };
        if (args.IsWeighted)
        {
            set.RoutingPolicy = new PublicDns.Inputs.RecordSetRoutingPolicyArgs
            {
                Wrrs = args.Targets
                    .Select(target => new PublicDns.Inputs.RecordSetRoutingPolicyWrrArgs
                    {
                        Weight = target.Weight,
                        Rrdatas = Values(target),
                    })
                    .ToList(),
            };
        }
        else
        {
            set.Rrdatas = Values(args.Targets[0]);
        }

        _ = new PublicDns.RecordSet(Name, set, Child());
        FullName = Output.Create(args.FullName);
        RegisterOutputs();

        string TypeOf(DnsTarget target) => target switch
        {
            { Entrance: not null } =>
                context.EntranceOf(target).AddressKind == AddressKind.Ip ? "A" : "CNAME",
            _ => target.Type!,
        };

        InputList<string> Values(DnsTarget target)
        {
            if (target.Entrance is null)
                return target.Values.Select(value => ZoneFile.Of(target.Type!, value)).ToList();
            var entrance = context.EntranceOf(target);
            return new InputList<string>
            {
                entrance.AddressKind == AddressKind.Ip ? entrance.Address : entrance.Address.Apply(name => ZoneFile.Of("CNAME", name)),
            };
        }
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> FullName { get; private set; }
}

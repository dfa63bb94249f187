using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.LoadBalancers;
using Pulumi;
using Domains = Pulumiverse.Scaleway.Domain;
using DomainsInputs = Pulumiverse.Scaleway.Domain.Inputs;

namespace Infra.Components.Dns.Scaleway;

/// <summary>Records of one name: one per value, or a single one that answers with one of its addresses by weight.</summary>
internal sealed class ScalewayDnsRecord : PlacedComponent, IDnsRecord
{
    /// <summary>Builds the record.</summary>
    /// <param name="record">The declared record.</param>
    /// <param name="zone">Its zone.</param>
    /// <param name="balancers">The load balancers that targets may be.</param>
    /// <param name="context">The stack's context.</param>
    public ScalewayDnsRecord(DnsRecord record, ScalewayDnsZone zone, Func<LoadBalancer, ILoadBalancer> balancers, ScalewayContext context)
        : base(context.Place(record))
    {
        var args = record.Args;
        if (args.IsWeighted)
        {
            var shares = args.Targets.SelectMany(target => Addresses(target).Select(address => (Address: address, target.Weight))).ToList();
            var settings = Settings("A", shares.MaxBy(share => share.Weight).Address, null);
            foreach (var (address, weight) in shares)
                settings.Weighteds.Add(new DomainsInputs.RecordWeightedArgs { Ip = address, Weight = weight });
            _ = new Domains.Record(Name, settings, Child());
        }
        else
        {
            var target = args.Targets[0];
            var values = target.Type is { } type
                ? target.Values.Select(value => Value(type, value))
                : Addresses(target).Select(address => Settings("A", address, null));
            foreach (var (settings, index) in values.Select((settings, index) => (settings, index)))
            {
                var name = index == 0 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}-{index + 1}");
                _ = new Domains.Record(name, settings, Child());
            }
        }

        FullName = Output.Create(args.FullName);
        RegisterOutputs();

        IEnumerable<Output<string>> Addresses(DnsTarget target) =>
            target.LoadBalancer is { } balancer ? [balancers(balancer).Address] : target.Values.Select(Output.Create);

        Domains.RecordArgs Value(string type, string value)
        {
            var parts = value.Split(' ', 2);
            return type switch
            {
                "CNAME" => Settings(type, Output.Create(Absolute(value)), null),
                "MX" => Settings(type, Output.Create(Absolute(parts[1])), int.Parse(parts[0], CultureInfo.InvariantCulture)),
                "SRV" => Settings(type, Output.Create(Absolute(parts[1])), int.Parse(parts[0], CultureInfo.InvariantCulture)),
                "CAA" => Settings(type, Output.Create(Quoted(value)), null),
                _ => Settings(type, Output.Create(value), null),
            };
        }

        Domains.RecordArgs Settings(string type, Output<string> data, int? priority)
        {
            var settings = new Domains.RecordArgs
            {
                DnsZone = zone.ZoneId,
                ProjectId = zone.ProjectId,
                Name = args.Zone.Args.WithinApex(args.FullName),
                Type = type,
                Data = data,
                Ttl = args.TtlSeconds,
            };
            if (priority is { } rank) settings.Priority = rank;
            return settings;
        }
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> FullName { get; private set; }

    // Without a final dot a name is relative to the zone.
    private static string Absolute(string name) => name.EndsWith('.') ? name : name + ".";

    // The value of a CAA record is a quoted text (RFC 8659).
    private static string Quoted(string value) =>
        value.Split(' ', 3) is [var flags, var tag, var text] && !text.StartsWith('"') ? $"{flags} {tag} \"{text}\"" : value;
}

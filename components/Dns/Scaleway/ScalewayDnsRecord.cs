using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.ContentDelivery.Scaleway;
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
    /// <param name="entrances">Gives what was built for a load balancer or a content delivery network.</param>
    /// <param name="context">The stack's context.</param>
    public ScalewayDnsRecord(DnsRecord record, ScalewayDnsZone zone, Func<DnsTarget, IEntrance> entrances, ScalewayContext context)
        : base(context.Place(record))
    {
        var args = record.Args;
        if (args.IsWeighted)
        {
            var shares = args.Targets.SelectMany(target => Addresses(target).Select(address => (Address: address, target.Weight))).ToList();
            var settings = Settings("A", shares.MaxBy(share => share.Weight).Address, null);
            foreach (var (address, weight) in shares)
                settings.Weighteds.Add(new DomainsInputs.RecordWeightedArgs { Ip = address, Weight = weight });
            _ = new Domains.Record(Name, settings, Replaceable());
        }
        else if (args.Targets[0] is { Type: { } type } target)
        {
            Write(type, target.Values);
        }
        else if (entrances(args.Targets[0]) is var entrance and not ScalewayCdn)
        {
            // A name that leads to its Edge Services is written by Scaleway itself, which takes a record of ours for one in the way.
            _ = new Domains.Record(Name, Entry(entrance), Replaceable());
        }

        FullName = Output.Create(args.FullName);
        RegisterOutputs();

        Domains.RecordArgs Entry(IEntrance target) => target.AddressKind == AddressKind.Ip
            ? Settings("A", target.Address, null)
            : Settings("CNAME", target.Address.Apply(Absolute), null);

        IEnumerable<Output<string>> Addresses(DnsTarget target) =>
            target.Entrance is not null ? [entrances(target).Address] : target.Values.Select(Output.Create);

        void Write(string type, IReadOnlyList<string> values)
        {
            // One that others begin with is there before them, or the provider would take one of them for it.
            var written = new List<(string Value, Domains.Record Record)>();
            foreach (var (value, index) in values.Select((value, index) => (value, index)).OrderBy(pair => pair.value.Length))
            {
                var name = index == 0 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}-{index + 1}");
                var before = written.Where(other => BeginsWith(value, other.Value)).Select(other => other.Record);
                written.Add((value, new Domains.Record(name, Value(type, value), Replaceable(before))));
            }
        }

        Domains.RecordArgs Value(string type, string value) =>
            Settings(type, Output.Create(Written(type, value)), type is "MX" or "SRV" ? PriorityOf(value) : null);

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

    /// <summary>
    /// Whether one value begins with another. The provider finds the record that it has just written by the beginning of its data, among
    /// those of its name and type (terraform-provider-scaleway 2.79.0).
    /// </summary>
    public static bool BeginsWith(string value, string other) =>
        value != other && value.StartsWith(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>The data of a record of a type, of a value as zone files spell it.</summary>
    public static string Written(string type, string value) => type switch
    {
        "MX" => Absolute(value.Split(' ', 2)[1]),

        // The provider takes four fields as they are; of three, the second would be the port (terraform-provider-scaleway 2.79.0).
        "CNAME" or "SRV" => Absolute(value),
        "CAA" => Quoted(value),
        _ => value,
    };

    /// <summary>The priority with which such a value begins.</summary>
    public static int PriorityOf(string value) => int.Parse(value.Split(' ', 2)[0], CultureInfo.InvariantCulture);

    // Another type is another record, and a CNAME bears nothing beside it.
    private CustomResourceOptions Replaceable(IEnumerable<Resource>? dependsOn = null) =>
        Child(dependsOn: dependsOn, deleteBeforeReplace: true);

    // Without a final dot a name is relative to the zone.
    private static string Absolute(string name) => name.EndsWith('.') ? name : name + ".";

    // The value of a CAA record is a quoted text (RFC 8659).
    private static string Quoted(string value) =>
        value.Split(' ', 3) is [var flags, var tag, var text] && !text.StartsWith('"') ? $"{flags} {tag} \"{text}\"" : value;
}

using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Dns.Kubernetes;
using Infra.Components.LoadBalancers;
using Pulumi;
using Domain = Pulumi.Ovh.Domain;

namespace Infra.Components.Dns.Ovh;

/// <summary>
/// A name in a zone of OVHcloud: one record per value. It has no weights, so traffic has one target: the one whose weight is above 0.
/// </summary>
internal sealed class OvhDnsRecord : PlacedComponent, IDnsRecord
{
    // The longest string of a TXT record (RFC 1035); longer values are several strings.
    private const int LongestText = 255;

    /// <summary>Builds the records.</summary>
    public OvhDnsRecord(DnsRecord record, Func<DnsTarget, IEntrance> entrances, OvhContext context)
        : base(context.Place(record))
    {
        var args = record.Args;
        var (type, values) = ValuesOf(KubernetesDnsRecord.Carrying(args).First(), entrances);
        for (var index = 0; index < values.Count; index++)
        {
            _ = new Domain.ZoneRecord(
                index == 0 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}-{index + 1}"),
                new()
                {
                    Zone = args.Zone.Args.Apex,
                    Subdomain = args.Zone.Args.WithinApex(args.FullName),
                    Fieldtype = type,
                    Target = values[index],
                    Ttl = args.TtlSeconds,
                },

                // Another type is another record, and a CNAME bears nothing beside it.
                Child(deleteBeforeReplace: true));
        }

        FullName = Output.Create(args.FullName);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> FullName { get; private set; }

    private static (string Type, IReadOnlyList<Output<string>> Values) ValuesOf(
        DnsTarget target,
        Func<DnsTarget, IEntrance> entrances)
    {
        if (target.Entrance is null)
            return (target.Type!, [.. target.Values.Select(value => Output.Create(Written(target.Type!, value)))]);
        var entrance = entrances(target);
        return entrance.AddressKind == AddressKind.Ip ? ("A", [entrance.Address]) : ("CNAME", [entrance.Address.Apply(Absolute)]);
    }

    /// <summary>
    /// A value as OVHcloud gives it back: texts in quotes, and names with their final dot, without which they would lie in the zone.
    /// </summary>
    public static string Written(string type, string value) => type switch
    {
        "CNAME" or "MX" or "SRV" => Absolute(value),
        "TXT" => string.Join(' ', value.Chunk(LongestText).Select(part => $"\"{new string(part)}\"")),
        "CAA" when value.Split(' ', 3) is [var flags, var tag, var content] && !content.StartsWith('"') => $"{flags} {tag} \"{content}\"",
        _ => value,
    };

    private static string Absolute(string name) => name.EndsWith('.') ? name : name + ".";
}

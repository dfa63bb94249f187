using Infra.Components.Clouds.Ovh;
using Pulumi;
using Domains = Pulumi.Ovh.Domain;

namespace Infra.Components.Dns.Ovh;

/// <summary>A zone that OVHcloud serves already: creating one is a purchase, which is nobody's side effect.</summary>
internal sealed class OvhDnsZone : ServedZone, IDnsZone
{
    private readonly DnsZoneArgs _args;

    /// <summary>Refers to the zone.</summary>
    public OvhDnsZone(DnsZone zone, OvhContext context)
        : base(context.Place(zone))
    {
        _args = zone.Args;
        Domain = Output.Create(zone.Args.Domain);
        NameServers = Output.Create("");
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Domain { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> NameServers { get; private set; }

    /// <inheritdoc/>
    public override Output<string> WriteProof(
        string name,
        Output<string> host,
        Output<string> type,
        Output<string> value,
        Alias former)
    {
        var written = new Domains.ZoneRecord(
            name,
            new() { Zone = _args.Apex, Subdomain = host.Apply(_args.WithinApex), Fieldtype = type, Target = value, Ttl = 300 },
            ProofOptions(former));
        return Output.Tuple(host, written.Id).Apply(known => known.Item1);
    }

    /// <inheritdoc/>
    protected override void WriteKept(string name, Output<string> host, string type, Output<string> value) => _ = new Domains.ZoneRecord(
        name,
        new()
        {
            Zone = _args.Apex,
            Subdomain = host.Apply(_args.WithinApex),
            Fieldtype = type,
            Target = value.Apply(text => OvhDnsRecord.Written(type, text)),
            Ttl = DnsRecordArgs.UsualTtlSeconds,
        },
        Child());
}

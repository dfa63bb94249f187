using Infra.Components.Clouds.Scaleway;
using Pulumi;
using Domains = Pulumiverse.Scaleway.Domain;

namespace Infra.Components.Dns.Scaleway;

/// <summary>
/// A zone of Scaleway's DNS: one of the stack's own, whose domain must have been registered at Scaleway or brought there as an external
/// one, or one that exists already.
/// </summary>
internal sealed class ScalewayDnsZone : ServedZone, IDnsZone
{
    private readonly DnsZoneArgs _args;

    /// <summary>Builds the zone.</summary>
    public ScalewayDnsZone(DnsZone zone, ScalewayContext context)
        : base(context.Place(zone))
    {
        _args = zone.Args;
        Domain = Output.Create(zone.Args.Domain);
        ProjectId = context.ProjectId;
        if (zone.Args.Existing is { } existing)
        {
            if (existing.Account is { } project) ProjectId = project;
            ZoneId = Output.Create(zone.Args.Apex);
            NameServers = Output.Create("");
            RegisterOutputs();
            return;
        }

        var registered = RegisteredDomain(zone.Args);
        var part = zone.Args.Domain == registered ? "" : zone.Args.Domain[..^(registered.Length + 1)];
        var created = new Domains.Zone(
            Name,
            new() { Domain = registered, Subdomain = part, ProjectId = context.ProjectId },
            Child(protect: context.Protect));
        ZoneId = Output.Tuple(Domain, created.Id).Apply(known => known.Item1);
        NameServers = created.Ns.Apply(servers => string.Join(',', servers));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Domain { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> NameServers { get; private set; }

    /// <summary>The zone's identifier, which is its domain: records must not create it by themselves.</summary>
    public Output<string> ZoneId { get; }

    /// <summary>The project that keeps the zone.</summary>
    public Input<string> ProjectId { get; }

    /// <inheritdoc/>
    public override Output<string> WriteProof(
        string name,
        Output<string> host,
        Output<string> type,
        Output<string> value,
        Alias former)
    {
        var written = new Domains.Record(
            name,
            new()
            {
                DnsZone = ZoneId,
                ProjectId = ProjectId,
                Name = host.Apply(_args.WithinApex),
                Type = type,
                Data = value,
                Ttl = 300,
            },
            ProofOptions(former));
        return Output.Tuple(host, written.Id).Apply(known => known.Item1);
    }

    /// <inheritdoc/>
    protected override void WriteKept(string name, Output<string> host, string type, Output<string> value)
    {
        var settings = new Domains.RecordArgs
        {
            DnsZone = ZoneId,
            ProjectId = ProjectId,
            Name = host.Apply(_args.WithinApex),
            Type = type,
            Data = value.Apply(text => ScalewayDnsRecord.Written(type, text)),
            Ttl = DnsRecordArgs.UsualTtlSeconds,
        };
        if (type == "MX") settings.Priority = value.Apply(ScalewayDnsRecord.PriorityOf);
        _ = new Domains.Record(name, settings, Child());
    }

    /// <summary>The registered domain that a zone is, or is a part of.</summary>
    public static string RegisteredDomain(DnsZoneArgs args) =>
        args.Tweak<ScalewayDnsTweak>()?.RegisteredDomain ?? string.Join('.', args.Domain.Split('.').TakeLast(2));
}

using Infra.Components.Clouds;
using Infra.Components.Clouds.Scaleway;
using Pulumi;
using Domains = Pulumiverse.Scaleway.Domain;

namespace Infra.Components.Dns.Scaleway;

/// <summary>A zone of Scaleway's DNS. The domain must have been registered at Scaleway, or brought there as an external one.</summary>
internal sealed class ScalewayDnsZone : PlacedComponent, IDnsZone
{
    private readonly Domains.Zone _zone;

    /// <summary>Builds the zone.</summary>
    public ScalewayDnsZone(DnsZone zone, ScalewayContext context)
        : base(context.Place(zone))
    {
        var registered = RegisteredDomain(zone.Args);
        var part = zone.Args.Domain == registered ? "" : zone.Args.Domain[..^(registered.Length + 1)];
        _zone = new Domains.Zone(
            Name,
            new() { Domain = registered, Subdomain = part, ProjectId = context.ProjectId },
            Child(protect: context.Protect));
        Domain = Output.Create(zone.Args.Domain);
        NameServers = _zone.Ns.Apply(servers => string.Join(',', servers));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Domain { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> NameServers { get; private set; }

    /// <summary>The zone's identifier, which is its domain: records must not create it by themselves.</summary>
    public Output<string> ZoneId => Output.Tuple(Domain, _zone.Id).Apply(known => known.Item1);

    /// <summary>The registered domain that a zone is, or is a part of.</summary>
    public static string RegisteredDomain(DnsZoneArgs args) =>
        args.Tweak<ScalewayDnsTweak>()?.RegisteredDomain ?? string.Join('.', args.Domain.Split('.').TakeLast(2));
}

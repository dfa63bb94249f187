using Infra.Components.Clouds;
using Infra.Components.Clouds.Ovh;
using Pulumi;

namespace Infra.Components.Dns.Ovh;

/// <summary>A zone that OVHcloud serves already: creating one is a purchase, which is nobody's side effect.</summary>
internal sealed class OvhDnsZone : PlacedComponent, IDnsZone
{
    /// <summary>Refers to the zone.</summary>
    public OvhDnsZone(DnsZone zone, OvhContext context)
        : base(context.Place(zone))
    {
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
}

using Infra.Components.Systems;

namespace Infra.Components.Dns;

/// <summary>A DNS zone.</summary>
public sealed class DnsZoneKind : ComponentKind
{
    private DnsZoneKind()
        : base("DnsZone", BuildStage.Zone)
    {
    }

    /// <summary>The kind.</summary>
    public static DnsZoneKind Instance { get; } = new();

    /// <inheritdoc/>
    public override string? Lasts => "its name servers, to which the domain is delegated";
}

using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Dns;

/// <summary>A public DNS zone. It keeps its cloud through migrations: give it a placement of its own.</summary>
public sealed class DnsZone(string name, DnsZoneArgs args) : Component<DnsZoneArgs>(name, args)
{
    /// <inheritdoc/>
    public override ComponentKind Kind => DnsZoneKind.Instance;
}

/// <summary>The arguments of a DNS zone.</summary>
public sealed partial record DnsZoneArgs : Arguments
{
    /// <summary>
    /// The domain, in lower case and without a final dot, such as <c>example.org</c>. Changing it replaces the zone and its name servers.
    /// </summary>
    public required string Domain { get; init; }

    /// <inheritdoc/>
    public override void Check(Guard guard) =>
        guard.Matches(nameof(Domain), Domain, DomainName(), "a lower-case domain name without a final dot, such as example.org");

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$")]
    private static partial Regex DomainName();
}

/// <summary>What every cloud gives for a DNS zone.</summary>
public interface IDnsZone
{
    /// <summary>The domain.</summary>
    Output<string> Domain { get; }

    /// <summary>The name servers to delegate to, separated by commas; empty where someone else serves the zone.</summary>
    Output<string> NameServers { get; }
}

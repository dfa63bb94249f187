using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Networks;

/// <summary>The network that everything else stands in. A system has one; a system that declares none gets the defaults.</summary>
public sealed class PrivateNetwork(string name, PrivateNetworkArgs? args = null) : Component<PrivateNetworkArgs>(name, args ?? new())
{
    /// <inheritdoc/>
    public override ComponentKind Kind => PrivateNetworkKind.Instance;
}

/// <summary>How private machines reach the internet.</summary>
public enum Egress
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Through one gateway: one address, one zone's failure away from none.</summary>
    Shared,

    /// <summary>Through one gateway per zone.</summary>
    PerZone,
}

/// <summary>The arguments of a private network.</summary>
public sealed partial record PrivateNetworkArgs : Arguments
{
    /// <summary>
    /// The network's IPv4 block, a private /16 (RFC 1918). Default: 10.0.0.0/16. Networks that will ever be peered must not overlap.
    /// Every subnet is derived from it by a fixed table, so that adding a tier never moves another. Changing it replaces the network,
    /// which production refuses.
    /// Ignored on plain Kubernetes.
    /// </summary>
    public string Cidr { get; init; } = "10.0.0.0/16";

    /// <summary>How many availability zones it spans: 2 or 3. Default: 3. Ignored on plain Kubernetes.</summary>
    public int Zones { get; init; } = 3;

    /// <summary>
    /// How private machines reach the internet. Default: one gateway per zone; outside production, a shared one. Ignored on plain
    /// Kubernetes.
    /// </summary>
    public Egress Egress { get; init; } = Egress.PerZone;

    /// <summary>Whether the network's flows are logged. Default: true in production and staging.</summary>
    public bool FlowLogs { get; init; } = true;

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        new("addresses", Cidr),
        new("zones", Zones.ToString(CultureInfo.InvariantCulture)),
        new("egress", Decision.Word(Egress)),
        new("flow logs", FlowLogs ? "on" : "off"),
    ];

    /// <inheritdoc/>
    public override Arguments For(EnvironmentProfile profile) => profile.IsProduction
        ? this
        : this with
        {
            Egress = Egress == Egress.PerZone ? Egress.Shared : Egress,
            FlowLogs = FlowLogs && profile.Kind == EnvironmentKind.Staging,
        };

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        guard.Matches(
            nameof(Cidr),
            Cidr,
            PrivateBlock(),
            "a private /16 such as 10.0.0.0/16: 10.x.0.0/16, 172.16.0.0/16 to 172.31.0.0/16 or 192.168.0.0/16");
        guard.InRange(nameof(Zones), Zones, 2, 3);
    }

    [GeneratedRegex(@"^(10\.(25[0-5]|2[0-4]\d|1?\d?\d)|172\.(1[6-9]|2\d|3[01])|192\.168)\.0\.0/16\z")]
    private static partial Regex PrivateBlock();
}

/// <summary>What every cloud gives for a private network.</summary>
public interface IPrivateNetwork
{
    /// <summary>The cloud's identifier of the network.</summary>
    Output<string> NetworkId { get; }

    /// <summary>
    /// The addresses from which private machines reach the internet, separated by commas; empty without egress, and where the cluster
    /// decides.
    /// </summary>
    Output<string> EgressAddresses { get; }
}

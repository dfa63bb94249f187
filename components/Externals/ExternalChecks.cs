using System.Net;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Networks;
using Infra.Components.Systems;

namespace Infra.Components.Externals;

/// <summary>What keeps consumers from something external, on several clouds alike.</summary>
internal static class ExternalChecks
{
    private static readonly Rule Reachable = Rule.Error("external-unreachable", "Networks have a way to what their consumers use outside");

    private static readonly Rule Mail = new(
        "external-smtp",
        "Clouds let out what is sent to mail servers",
        Severity.Warning,
        Severity.Warning,
        Severity.Info,
        CanBeWaived: true);

    /// <summary>The ports of mail servers among each other (RFC 5321).</summary>
    public const int ServerToServer = 25;

    /// <summary>
    /// Reports what the network does not lead to: what has no private address where there is no way out, and its own addresses.
    /// </summary>
    public static void CheckWay(External external, CloudChecks checks)
    {
        var network = checks.Model.Find<PrivateNetwork>()?.Args ?? new();
        var addresses = external.Args.Addresses.Count == 0 ? "nothing" : string.Join(", ", external.Args.Addresses);
        if (network.Egress == Egress.None && !external.Args.IsInside)
        {
            checks.Report(
                Reachable,
                external,
                $"The network has no way out (Egress is None), and Addresses is {addresses}; allowed: private blocks, to which a peering "
                + "or a VPN leads. Set Addresses to them, or give the network a way out.");
        }

        // A plain cluster's own addresses are not the network's.
        if (checks.Cloud == Cloud.Kubernetes || !IPNetwork.TryParse(network.Cidr, out var own)) return;
        if (!external.Args.Blocks.Any(block => own.Contains(block.BaseAddress) || block.Contains(own.BaseAddress))) return;
        checks.Report(
            Reachable,
            external,
            $"Addresses is {addresses}, which overlaps with the network's own {network.Cidr}: no way leads out of the network to them; "
            + "allowed: blocks outside of it. Correct Addresses, or give the network another Cidr.");
    }

    /// <summary>Reports a port that a cloud closes to mail.</summary>
    /// <param name="component">What consumers send to.</param>
    /// <param name="port">Its port.</param>
    /// <param name="checks">Where findings go.</param>
    /// <param name="closed">What the cloud closes.</param>
    public static void CheckMail(Component component, int port, CloudChecks checks, ClosedPorts closed)
    {
        if (closed.Numbers.Contains(port)) checks.Report(Mail, component, $"Port is {port}. {closed.Why}");
    }

    /// <summary>Reports a port that a cloud closes to mail, where something external is reached on the internet.</summary>
    public static void CheckMail(External external, CloudChecks checks, ClosedPorts closed)
    {
        if (!external.Args.IsInside) CheckMail(external, external.Args.Port, checks, closed);
    }
}

/// <summary>Knows which ports of mail servers its cloud closes.</summary>
internal interface IClosesPorts
{
    /// <summary>The ports; null where the cloud closes none that is known.</summary>
    ClosedPorts? Closed { get; }
}

/// <summary>Ports that a cloud closes to mail.</summary>
/// <param name="Numbers">The ports.</param>
/// <param name="Why">What the cloud does, and what opens them, as sentences.</param>
internal sealed record ClosedPorts(IReadOnlyList<int> Numbers, string Why);

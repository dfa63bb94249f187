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

    /// <summary>Reports ports that a cloud closes to mail.</summary>
    /// <param name="external">What consumers send to.</param>
    /// <param name="checks">Where findings go.</param>
    /// <param name="ports">The ports.</param>
    /// <param name="why">What the cloud does, and what opens them, as sentences.</param>
    public static void CheckMail(External external, CloudChecks checks, IReadOnlyList<int> ports, string why)
    {
        if (ports.Contains(external.Args.Port) && !external.Args.IsInside)
            checks.Report(Mail, external, $"Port is {external.Args.Port}. {why}");
    }
}

using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Components.Networks;

/// <summary>
/// How consumers leave for what stands on other clouds: by addresses that are known, because a relay there admits these and nobody else.
/// </summary>
internal static class KnownEgress
{
    /// <summary>The rule.</summary>
    public static readonly Rule Known = Rule.Error("egress-unknown", "The addresses by which consumers leave for other clouds are known");

    /// <summary>Reports a network that nothing leaves, on clouds where consumers leave by the network's own gateways.</summary>
    public static void Check(CloudChecks checks)
    {
        if (checks.Model.Find<PrivateNetwork>() is not { Args.Egress: Egress.None } network) return;
        if (checks.Blueprint.LinksOutOf(checks.Cloud).FirstOrDefault() is not { } link) return;
        checks.Guard(network, Known).Refuse(
            nameof(PrivateNetworkArgs.Egress),
            $"none, but '{link.Consumer.Name}' on {checks.Cloud.Name()} uses '{link.Target.Name}' on {link.Target.Cloud.Name()}",
            "shared, per-zone",
            "Set Egress to shared, or place both on one cloud");
    }
}

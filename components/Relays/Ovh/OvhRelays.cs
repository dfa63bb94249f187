using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Relays.Kubernetes;
using Infra.Components.Runtimes.Ovh;

namespace Infra.Components.Relays.Ovh;

/// <summary>
/// Relays on OVHcloud: those of the cluster, behind a load balancer of OVHcloud's own. Where only buckets are used, keys do.
/// </summary>
internal sealed class OvhRelays() : KubernetesRelays<OvhContext>(OvhRuntimes.TraitsOf, "OVHcloud Public Cloud user")
{
    // OVHcloud documentation: known limits of Managed Kubernetes.
    private const int MostPorts = 10;

    private static readonly Rule Ports = Rule.Error("ovh-relay-ports", "A relay leads to as many components as a load balancer has ports");

    private static readonly Gap AnyNumber = new("any number of targets", "At most 10 targets.") { Rule = Ports };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [AnyNumber];

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks)
    {
        base.CheckAll(checks);
        var targets = checks.RelayedLinks.Select(link => link.Target).Distinct().ToList();
        if (targets.Count <= MostPorts) return;
        checks.Report(
            Ports,
            targets[MostPorts].Component,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{targets.Count} components are used from other clouds, and a load balancer of OVHcloud opens {MostPorts} ports; allowed: "
                + $"{MostPorts} at most. ")
            + "Place components and their consumers on one cloud.");
    }
}

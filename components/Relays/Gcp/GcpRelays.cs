using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks;
using Infra.Components.Runtimes;
using Infra.Components.Systems;

namespace Infra.Components.Relays.Gcp;

/// <summary>What lets consumers of other clouds in on Google Cloud.</summary>
internal sealed class GcpRelays()
    : RelayProvision<GcpContext, GcpGrantee>(RelayKind.Instance, new(Backing.Native, "HAProxy on Compute Engine"))
{
    private static readonly Rule WayOut = Rule.Error("gcp-relay", "The relay's machines have a way out, by which they pull their image");

    /// <inheritdoc/>
    protected override IReadOnlyList<ComponentKind> Beside { get; } = [RuntimeKind.Instance, PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks)
    {
        var first = checks.RelayedLinks.FirstOrDefault();
        if (first is null || checks.Model.Find<PrivateNetwork>()?.Args.Egress != Egress.None) return;
        checks.Report(
            WayOut,
            null,
            $"{first.Consumer.Name} uses {first.Target.Name} through a relay, but the network's Egress is None and the relay's machines "
            + "could not pull their image; allowed: Shared or PerZone. Change Egress.");
    }

    /// <inheritdoc/>
    public override IRelay<GcpGrantee> Begin(IReadOnlyList<RelayPort<GcpGrantee>> ports, GcpContext context) =>
        new GcpRelay(ports, context);
}

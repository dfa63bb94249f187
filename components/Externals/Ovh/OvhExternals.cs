using Infra.Components.Clouds;
using Infra.Components.Externals.Kubernetes;

namespace Infra.Components.Externals.Ovh;

/// <summary>Something external for consumers on OVHcloud.</summary>
internal sealed class OvhExternals : KubernetesExternals
{
    /// <summary>
    /// The ports of mail servers that the cloud closes (OVHcloud documentation: "AntiSpam - Best Practices and Unblocking an IP", which
    /// speaks of port 25 alone).
    /// </summary>
    public static readonly ClosedPorts Closed = new(
        [ExternalChecks.ServerToServer],
        "OVHcloud watches port 25 and closes it for an address that seems to send unwanted mail. Use port 587 or 465 of a relay.");

    /// <inheritdoc/>
    protected override void Check(External component, CloudChecks checks)
    {
        base.Check(component, checks);
        ExternalChecks.CheckMail(component, checks, Closed);
    }
}

using Infra.Components.Clouds;
using Infra.Components.Externals.Kubernetes;
using Infra.Components.Networks.Scaleway;

namespace Infra.Components.Externals.Scaleway;

/// <summary>
/// Something external for consumers on Scaleway, where neither the Public Gateway nor the security group that Kapsule gives its nodes lets
/// mail out unless it is told to.
/// </summary>
internal sealed class ScalewayExternals : KubernetesExternals
{
    /// <summary>
    /// The ports of mail servers that the cloud closes (Scaleway documentation: "How to configure a Public Gateway", validated on
    /// 2025-11-13, which wants SMTP enabled at both; "How to send emails from your Instance", validated on 2025-07-21: 25, 465 and 587, and
    /// identity verification first). Kapsule makes the group itself, so that nothing here sets it (scaleway/terraform-provider-scaleway,
    /// "Permit to update the enable_default_security field").
    /// </summary>
    public static readonly ClosedPorts Closed = new(
        ScalewayPrivateNetwork.MailPorts,
        "The Public Gateway is told to let mail out (SMTP), which Scaleway accepts only of organizations that it has verified, and the "
        + "security group of the cluster's nodes closes 25, 465 and 587 until somebody enables SMTP there; until then nothing is sent, and "
        + "nothing says so but a timeout. Have both done before the day, or use a relay's other port, such as 2465 or 2587.");

    /// <inheritdoc/>
    protected override void Check(External component, CloudChecks checks)
    {
        base.Check(component, checks);
        ExternalChecks.CheckMail(component, checks, Closed);
    }
}

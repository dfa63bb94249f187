using Infra.Components.Clouds;
using Infra.Components.Externals.Kubernetes;
using Infra.Components.Networks.Scaleway;

namespace Infra.Components.Externals.Scaleway;

/// <summary>Something external for consumers on Scaleway, whose Public Gateway lets no mail out unless it is told to.</summary>
internal sealed class ScalewayExternals : KubernetesExternals
{
    /// <summary>The ports of mail servers that the cloud closes.</summary>
    public static readonly ClosedPorts Closed = new(
        ScalewayPrivateNetwork.MailPorts,
        "The Public Gateway is told to let mail out (SMTP), which Scaleway accepts only of organizations that it has verified; others "
        + "send nothing, and nothing says so but a timeout. Have the organization verified before the day, or use a relay's other "
        + "port, such as 2465 or 2587.");

    /// <inheritdoc/>
    protected override void Check(External component, CloudChecks checks)
    {
        base.Check(component, checks);
        ExternalChecks.CheckMail(component, checks, Closed);
    }
}

using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Externals;
using Infra.Components.Externals.Ovh;

namespace Infra.Components.Mail.Ovh;

/// <summary>Senders of mail on OVHcloud, whose mail products are mailboxes.</summary>
internal sealed class OvhMailSenders() : RelayedMailSenders<KubernetesContext, KubernetesGrantee>("OVHcloud")
{
    /// <inheritdoc/>
    public override ClosedPorts Closed => OvhExternals.Closed;
}

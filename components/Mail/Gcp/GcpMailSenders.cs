using Infra.Components.Clouds.Gcp;
using Infra.Components.Externals;
using Infra.Components.Externals.Gcp;

namespace Infra.Components.Mail.Gcp;

/// <summary>Senders of mail on Google Cloud.</summary>
internal sealed class GcpMailSenders() : RelayedMailSenders<GcpContext, GcpGrantee>("Google Cloud")
{
    /// <inheritdoc/>
    public override ClosedPorts Closed => GcpExternals.Closed;
}

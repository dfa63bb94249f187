using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;

namespace Infra.Components.Externals.Gcp;

/// <summary>Something external for consumers on Google Cloud.</summary>
internal sealed class GcpExternals()
    : Provision<External, GcpContext>(ExternalKind.Instance, new(Backing.External, "whoever runs it"))
{
    /// <summary>
    /// The ports of mail servers that the cloud closes (Compute Engine documentation: "Sending email from an instance": port 25 is always
    /// blocked, 587 and 465 are open).
    /// </summary>
    public static readonly ClosedPorts Closed = new(
        [ExternalChecks.ServerToServer],
        "Google Cloud drops what is sent to port 25 of any outside address, and opens it for nobody. Use port 587 or 465 of a relay.");

    /// <inheritdoc/>
    protected override void Check(External component, CloudChecks checks)
    {
        ExternalChecks.CheckWay(component, checks);
        ExternalChecks.CheckMail(component, checks, Closed);
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(External component, GcpContext context) => new GcpExternal(component, context);
}

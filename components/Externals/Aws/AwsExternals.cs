using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;

namespace Infra.Components.Externals.Aws;

/// <summary>Something external for consumers on AWS.</summary>
internal sealed class AwsExternals()
    : Provision<External, AwsContext>(ExternalKind.Instance, new(Backing.External, "whoever runs it"))
{
    /// <summary>
    /// The ports of mail servers that the cloud closes (Amazon EC2 user guide: "Restriction on email sent using port 25"; the same holds of
    /// what leaves by a NAT gateway: AWS re:Post, "How do I remove the restriction on port 25").
    /// </summary>
    public static readonly ClosedPorts Closed = new(
        [ExternalChecks.ServerToServer],
        "AWS throttles port 25 until an account asks for more ('Request to remove email sending limitations'). Ask for it, or use port "
        + "587 or 465 of a relay.");

    /// <inheritdoc/>
    protected override void Check(External component, CloudChecks checks)
    {
        ExternalChecks.CheckWay(component, checks);
        ExternalChecks.CheckMail(component, checks, Closed);
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(External component, AwsContext context) => new AwsExternal(component, context);
}

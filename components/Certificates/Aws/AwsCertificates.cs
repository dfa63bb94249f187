using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Dns;

namespace Infra.Components.Certificates.Aws;

/// <summary>Certificates on AWS.</summary>
internal sealed class AwsCertificates()
    : Provision<Certificate, AwsContext>(CertificateKind.Instance, new(Backing.Native, "AWS Certificate Manager"))
{
    private static readonly Rule Domains = Rule.Error(
        "aws-certificate-domains",
        "AWS Certificate Manager can issue, and renew, certificates for their names");

    // AWS documentation, AWS Certificate Manager: CAA record troubleshooting.
    private static readonly string[] Authorities = ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"];

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [new("zone elsewhere", "Its zone must stand on AWS too.")];

    /// <inheritdoc/>
    protected override void Check(Certificate component, CloudChecks checks)
    {
        var guard = checks.Guard(component, Domains);
        IssuancePolicy.Check(guard, component, checks.Model, Authorities);
        CertificateProof.Check(guard, component, checks.On<Certificate>());
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(Certificate component, AwsContext context) =>
        new AwsCertificate(component, context.Of<IValidationZone>(component.Args.Zone), context);
}

using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Dns;
using Infra.Components.Systems;

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

    /// <summary>Its zone may stand on any cloud: the zone writes the proof.</summary>
    protected override bool StandsWith(Certificate component, Component reference) => reference is not DnsZone;

    /// <inheritdoc/>
    protected override void Check(Certificate component, CloudChecks checks)
    {
        IssuancePolicy.Check(checks.Guard(component, Domains), component, checks.Model, Authorities);
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(Certificate component, AwsContext context) =>
        new AwsCertificate(component, context.Nearest<ServedZone>(component.Args.Zone), context);
}

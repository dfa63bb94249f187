using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Dns;
using Infra.Components.Systems;

namespace Infra.Components.Certificates.Aws;

/// <summary>Certificates on AWS.</summary>
internal sealed partial class AwsCertificates()
    : Provision<Certificate, AwsContext>(CertificateKind.Instance, new(Backing.Native, "AWS Certificate Manager"))
{
    private static readonly Rule Domains = Rule.Error(
        "aws-certificate-domains",
        "AWS Certificate Manager can issue, and renew, certificates for their names");

    private static readonly Rule Known = Rule.Error(
        "aws-certificate-existing",
        "A certificate that exists already is named by its ARN, in the stack's region");

    // AWS documentation, AWS Certificate Manager: CAA record troubleshooting.
    internal static readonly string[] Authorities = ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"];

    /// <summary>Its zone may stand on any cloud: the zone writes the proof.</summary>
    protected override bool StandsWith(Certificate component, Component reference) => reference is not DnsZone;

    /// <inheritdoc/>
    protected override void Check(Certificate component, CloudChecks checks)
    {
        if (component.Args.Existing is { } existing)
        {
            var region = checks.Region;
            checks.Guard(component, Known).Require(
                Arn().Match(existing.Id) is { Success: true } match && match.Groups[1].Value == region,
                "Existing.Id",
                $"'{existing.Id}'",
                $"the ARN of a certificate in {region}, such as arn:aws:acm:{region}:111122223333:certificate/"
                + "12345678-1234-1234-1234-123456789012");
            return;
        }

        IssuancePolicy.Check(
            checks.Guard(component, Domains),
            nameof(CertificateArgs.Hosts),
            component.Args.Domains,
            checks.Model,
            Authorities);
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(Certificate component, AwsContext context) =>
        new AwsCertificate(component, context.Nearest<ServedZone>(component.Args.Zone), context);

    [GeneratedRegex(@"^arn:aws[a-z-]*:acm:([a-z0-9-]+):[0-9]{12}:certificate/[0-9a-f-]{36}\z")]
    private static partial Regex Arn();
}

using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Dns.Gcp;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Certificates.Gcp;

/// <summary>Certificates on Google Cloud.</summary>
internal sealed class GcpCertificates()
    : Provision<Certificate, GcpContext>(CertificateKind.Instance, new(Backing.Native, "Certificate Manager")), IUsesApis
{
    private static readonly Rule Domains = Rule.Error("gcp-domains", "Google can issue a certificate for every name, and proves it once");

    // Google Cloud documentation, Certificate Manager: the authorities of Google-managed certificates.
    private static readonly string[] Authorities = ["pki.goog", "letsencrypt.org"];

    /// <inheritdoc/>
    public IReadOnlyList<string> Apis { get; } = ["certificatemanager"];

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        new("issued before use", "Nothing waits until it is issued, which takes up to half an hour."),
        new("zone elsewhere", "Its zone must stand on Google Cloud too."),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Certificate component) => [RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void Check(Certificate component, CloudChecks checks)
    {
        var guard = checks.Guard(component, Domains);
        IssuancePolicy.Check(guard, component, checks.Model, Authorities);
        CertificateProof.Check(guard, component, checks.On<Certificate>());
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(Certificate component, GcpContext context) =>
        new GcpCertificate(component, context.Of<GcpDnsZone>(component.Args.Zone), context.Get<GcpRuntime>(), context);
}

using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Dns;
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

    /// <summary>Its zone may stand on any cloud: the zone writes the proof.</summary>
    protected override bool StandsWith(Certificate component, Component reference) => reference is not DnsZone;

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Certificate component) => [RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void Check(Certificate component, CloudChecks checks)
    {
        IssuancePolicy.Check(checks.Guard(component, Domains), component, checks.Model, Authorities);
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(Certificate component, GcpContext context) =>
        new GcpCertificate(component, context.Nearest<ServedZone>(component.Args.Zone), context.Get<GcpRuntime>(), context);
}

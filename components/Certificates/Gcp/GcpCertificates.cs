using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Certificates.Gcp;

/// <summary>Certificates on Google Cloud.</summary>
internal sealed partial class GcpCertificates()
    : Provision<Certificate, GcpContext>(CertificateKind.Instance, new(Backing.Native, "Certificate Manager")), IUsesApis
{
    private static readonly Rule Domains = Rule.Error("gcp-domains", "Google can issue a certificate for every name, and proves it once");

    private static readonly Rule Known = Rule.Error("gcp-certificate-existing", "A certificate that exists already is named by its map");

    // Google Cloud documentation, Certificate Manager: the authorities of Google-managed certificates.
    internal static readonly string[] Authorities = ["pki.goog", "letsencrypt.org"];

    /// <inheritdoc/>
    public IReadOnlyList<string> Apis { get; } = ["certificatemanager"];

    /// <summary>Its zone may stand on any cloud: the zone writes the proof.</summary>
    protected override bool StandsWith(Certificate component, Component reference) => reference is not DnsZone;

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Certificate component) => [RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void Check(Certificate component, CloudChecks checks)
    {
        if (component.Args.Existing is { } existing)
        {
            checks.Guard(component, Known).Matches(
                "Existing.Id",
                existing.Id,
                Map(),
                "the id of a certificate map, such as projects/company-dns/locations/global/certificateMaps/preview");
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
    protected override PlacedComponent Build(Certificate component, GcpContext context) =>
        new GcpCertificate(
        component,
        context.Nearest<ServedZone>(component.Args.Zone),
        ServesAlone(component, context),
        context.Get<GcpRuntime>(),
        context);

    // Where no load balancer uses it, somebody else may.
    private static bool ServesAlone(Certificate certificate, GcpContext context)
    {
        var users = context.On<LoadBalancer>().Where(balancer => balancer.Args.AllCertificates.Contains(certificate)).ToList();
        return users.Count == 0 || users.Exists(balancer => balancer.Args.Certificates.Count == 0);
    }

    [GeneratedRegex(@"^projects/[a-z][a-z0-9-]{4,28}[a-z0-9]/locations/global/certificateMaps/[a-z]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex Map();
}

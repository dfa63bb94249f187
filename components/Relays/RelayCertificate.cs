using Pulumi;
using Pulumi.Tls;
using Pulumi.Tls.Inputs;

namespace Infra.Components.Relays;

/// <summary>The relay's certificate, of an authority that signs nothing else: a public one signs neither the names that a cloud gives nor bare addresses for long enough.</summary>
internal sealed class RelayCertificate
{
    private const int Years = 5;
    private const int HoursAYear = 8760;

    /// <summary>Issues the certificate. Within the last year of its life, an update renews it.</summary>
    /// <param name="name">The relay's name.</param>
    /// <param name="stack">The stack's name.</param>
    /// <param name="names">The names by which consumers know the relay.</param>
    /// <param name="addresses">The addresses by which consumers know the relay.</param>
    /// <param name="child">Makes the options of a child.</param>
    public RelayCertificate(string name, string stack, IEnumerable<Output<string>> names, IEnumerable<Output<string>> addresses, Func<CustomResourceOptions> child)
    {
        var authorityKey = new PrivateKey($"{name}-authority-key", new() { Algorithm = "ECDSA", EcdsaCurve = "P256" }, child());
        var authority = new SelfSignedCert($"{name}-authority", new()
        {
            PrivateKeyPem = authorityKey.PrivateKeyPem,
            IsCaCertificate = true,
            ValidityPeriodHours = Years * HoursAYear,
            EarlyRenewalHours = HoursAYear,
            AllowedUses = { "cert_signing", "crl_signing" },
            Subject = new SelfSignedCertSubjectArgs { CommonName = $"{stack} relay" },
        }, child());
        var key = new PrivateKey($"{name}-key", new() { Algorithm = "ECDSA", EcdsaCurve = "P256" }, child());
        var wanted = new CertRequestArgs { PrivateKeyPem = key.PrivateKeyPem, Subject = new CertRequestSubjectArgs { CommonName = "relay" } };
        foreach (var known in names) wanted.DnsNames.Add(known);
        foreach (var known in addresses) wanted.IpAddresses.Add(known);
        var request = new CertRequest($"{name}-request", wanted, child());
        var certificate = new LocallySignedCert($"{name}-signed", new()
        {
            CertRequestPem = request.CertRequestPem,
            CaPrivateKeyPem = authorityKey.PrivateKeyPem,
            CaCertPem = authority.CertPem,
            ValidityPeriodHours = Years * HoursAYear,
            EarlyRenewalHours = HoursAYear,
            AllowedUses = { "digital_signature", "key_encipherment", "server_auth" },
        }, child());

        Authority = authority.CertPem;
        ChainAndKey = Output.Format($"{certificate.CertPem}{key.PrivateKeyPem}");
    }

    /// <summary>The authority's certificate, as PEM.</summary>
    public Output<string> Authority { get; }

    /// <summary>The certificate and its key, as HAProxy wants them. Secret.</summary>
    public Output<string> ChainAndKey { get; }
}

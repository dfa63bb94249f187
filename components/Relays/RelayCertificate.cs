using Pulumi;
using Pulumi.Tls;
using Pulumi.Tls.Inputs;

namespace Infra.Components.Relays;

/// <summary>The relay's certificate: for its address, of an authority that signs nothing else. A public authority signs no bare addresses for long enough.</summary>
internal sealed class RelayCertificate
{
    private const int Years = 5;
    private const int HoursAYear = 8760;

    /// <summary>Issues the certificate. Within the last year of its life, an update renews it.</summary>
    /// <param name="name">The relay's name.</param>
    /// <param name="stack">The stack's name.</param>
    /// <param name="address">The relay's address.</param>
    /// <param name="child">Makes the options of a child.</param>
    public RelayCertificate(string name, string stack, Output<string> address, Func<CustomResourceOptions> child)
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
        var request = new CertRequest($"{name}-request", new()
        {
            PrivateKeyPem = key.PrivateKeyPem,
            IpAddresses = { address },
            Subject = new CertRequestSubjectArgs { CommonName = "relay" },
        }, child());
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

using Pulumi;
using Pulumi.Tls;
using Pulumi.Tls.Inputs;

namespace Infra.Components.Clouds;

/// <summary>A server's certificate, and its key.</summary>
/// <param name="Certificate">The certificate, as PEM.</param>
/// <param name="Key">Its key, as PEM. Secret.</param>
internal sealed record ServerCertificate(Output<string> Certificate, Output<string> Key)
{
    /// <summary>The same key as PKCS #8, which Java reads. Secret.</summary>
    public required Output<string> Pkcs8Key { get; init; }

    /// <summary>Certificate and key in one text, as HAProxy wants them. Secret.</summary>
    public Output<string> Bundle => Output.Format($"{Certificate}{Key}");
}

/// <summary>
/// A certificate authority of one store's or relay's own. Clients verify the server against it, so it must be known when they are
/// configured and outlive them: operators' own authorities are renewed every few weeks without clients knowing, servers such as Valkey read
/// certificates only at start, and public authorities sign neither private names nor bare addresses. Certificates of ten years that an
/// update renews a year before their end avoid all of it. The key lies in Pulumi's encrypted state, as passwords do.
/// </summary>
internal sealed class PrivateAuthority
{
    private const int Validity = 10 * 365 * 24;
    private const int EarlyRenewal = 365 * 24;

    private readonly string _name;
    private readonly ValueProviders _values;
    private readonly Func<CustomResourceOptions> _child;

    /// <summary>Creates the authority.</summary>
    /// <param name="name">The name of the component that it belongs to.</param>
    /// <param name="values">The providers of random values and certificates.</param>
    /// <param name="child">Makes the options of a child.</param>
    public PrivateAuthority(string name, ValueProviders values, Func<CustomResourceOptions> child)
    {
        _name = name;
        _values = values;
        _child = child;
        Key = new PrivateKey($"{name}-ca-key", new PrivateKeyArgs { Algorithm = "ECDSA", EcdsaCurve = "P256" }, Signing());
        Certificate = new SelfSignedCert($"{name}-ca", new SelfSignedCertArgs
        {
            PrivateKeyPem = Key.PrivateKeyPem,
            IsCaCertificate = true,
            SetSubjectKeyId = true,
            Subject = new SelfSignedCertSubjectArgs { CommonName = $"{name} authority" },
            AllowedUses = { "cert_signing", "crl_signing", "digital_signature" },
            ValidityPeriodHours = Validity,
            EarlyRenewalHours = EarlyRenewal,
        }, Signing());
    }

    /// <summary>The authority's key.</summary>
    public PrivateKey Key { get; }

    /// <summary>The authority's certificate.</summary>
    public SelfSignedCert Certificate { get; }

    /// <summary>Signs a server's certificate.</summary>
    /// <param name="hosts">The names that the server answers to.</param>
    /// <param name="address">The address that it answers to, if it has one of its own.</param>
    public ServerCertificate Sign(IEnumerable<Input<string>> hosts, Output<string>? address = null)
    {
        var key = new PrivateKey($"{_name}-tls-key", new PrivateKeyArgs { Algorithm = "ECDSA", EcdsaCurve = "P256" }, Signing());
        var request = new CertRequestArgs
        {
            PrivateKeyPem = key.PrivateKeyPem,
            Subject = new CertRequestSubjectArgs { CommonName = _name },
        };
        foreach (var host in hosts) request.DnsNames.Add(host);
        if (address is not null) request.IpAddresses.Add(address);
        var certificate = new LocallySignedCert($"{_name}-tls", new LocallySignedCertArgs
        {
            CaCertPem = Certificate.CertPem,
            CaPrivateKeyPem = Key.PrivateKeyPem,
            CertRequestPem = new CertRequest($"{_name}-tls", request, Signing()).CertRequestPem,
            AllowedUses = { "digital_signature", "key_encipherment", "server_auth", "client_auth" },
            ValidityPeriodHours = Validity,
            EarlyRenewalHours = EarlyRenewal,
        }, Signing());
        return new(certificate.CertPem, key.PrivateKeyPem) { Pkcs8Key = key.PrivateKeyPemPkcs8 };
    }

    private CustomResourceOptions Signing() => _values.Tls(_child());
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Infra.Tests.Brokers;

/// <summary>An authority that signs certificates of devices and of servers.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Today = DateTimeOffset.UtcNow;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Makes one.</summary>
    public TestAuthority(string name)
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Certificate = request.CreateSelfSigned(Today.AddDays(-1), Today.AddDays(2));
    }

    /// <summary>Its own certificate.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Signs a certificate.</summary>
    /// <param name="name">The common name, and the host's name where it is a server's.</param>
    public Identity Sign(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(Certificate, Today.AddHours(-1), Today.AddDays(1), RandomNumberGenerator.GetBytes(8));
        return new(signed.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Its list of revoked certificates, as PEM.</summary>
    public string Revoke(Identity identity)
    {
        var list = new CertificateRevocationListBuilder();
        using var revoked = X509Certificate2.CreateFromPem(identity.Certificate);
        list.AddEntry(revoked);
        return PemEncoding.WriteString("X509 CRL", list.Build(Certificate, 1, Today.AddDays(1), HashAlgorithmName.SHA256));
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }
}

/// <summary>A certificate with its key, both as PEM.</summary>
internal sealed record Identity(string Certificate, string Key)
{
    /// <summary>As programs on .NET show it.</summary>
    public X509Certificate2 Loaded
    {
        get
        {
            using var certificate = X509Certificate2.CreateFromPem(Certificate, Key);
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
    }
}

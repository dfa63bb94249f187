using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Tls;
using Pulumi.Tls.Inputs;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>
/// A certificate authority of one store's own. Clients verify the store against it, so it must be known when they are configured and outlive
/// them: operators' own authorities are renewed every few weeks without clients knowing, and servers such as Valkey read certificates only at
/// start. Certificates of ten years that an update renews a year before their end avoid both. The key lies in Pulumi's encrypted state, as
/// passwords do.
/// </summary>
internal sealed class PrivateAuthority
{
    private const int Validity = 10 * 365 * 24;
    private const int EarlyRenewal = 365 * 24;

    private readonly string _name;
    private readonly ClusterContext _cluster;
    private readonly Func<CustomResourceOptions> _child;

    /// <summary>Creates the authority.</summary>
    /// <param name="name">The name of the component that it belongs to.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="child">Makes the options of a child.</param>
    public PrivateAuthority(string name, ClusterContext cluster, Func<CustomResourceOptions> child)
    {
        _name = name;
        _cluster = cluster;
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

    /// <summary>Signs a server's certificate and keeps it in a secret with the keys <c>tls.crt</c>, <c>tls.key</c>, <c>ca.crt</c> and <c>ca.pem</c>.</summary>
    /// <param name="tags">The tags of the component.</param>
    /// <param name="hosts">The names that the server answers to.</param>
    /// <param name="address">The address that it answers to, if it has one of its own.</param>
    public Secret Issue(IReadOnlyDictionary<string, string> tags, IReadOnlyList<string> hosts, Output<string>? address = null)
    {
        var key = new PrivateKey($"{_name}-tls-key", new PrivateKeyArgs { Algorithm = "ECDSA", EcdsaCurve = "P256" }, Signing());
        var request = new CertRequestArgs { PrivateKeyPem = key.PrivateKeyPem, Subject = new CertRequestSubjectArgs { CommonName = _name } };
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
        return new Secret($"{_name}-tls", new SecretArgs
        {
            Metadata = _cluster.Metadata(_name, tags),
            Type = "kubernetes.io/tls",
            StringData =
            {
                ["tls.crt"] = certificate.CertPem,
                ["tls.key"] = key.PrivateKeyPem,
                ["ca.crt"] = Certificate.CertPem,
                ["ca.pem"] = Certificate.CertPem,
            },
        }, _child());
    }

    private CustomResourceOptions Signing() => _cluster.Values.Tls(_child());
}

using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>A server's certificate where a cluster's pods find it.</summary>
internal static class TlsSecret
{
    /// <summary>
    /// Signs a server's certificate and keeps it in a secret with the keys <c>tls.crt</c>, <c>tls.key</c>, <c>ca.crt</c> and <c>ca.pem</c>.
    /// </summary>
    /// <param name="authority">The authority that signs it.</param>
    /// <param name="name">The name of the component that the authority belongs to.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="tags">The tags of the component.</param>
    /// <param name="child">Makes the options of a child.</param>
    /// <param name="hosts">The names that the server answers to.</param>
    /// <param name="address">The address that it answers to, if it has one of its own.</param>
    /// <param name="isPkcs8">Whether its key is PKCS #8, which Java reads.</param>
    public static Secret Issue(
        this PrivateAuthority authority,
        string name,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        Func<CustomResourceOptions> child,
        IEnumerable<string> hosts,
        Output<string>? address = null,
        bool isPkcs8 = false)
    {
        var server = authority.Sign(hosts.Select(host => (Input<string>)host), address);
        return new Secret($"{name}-tls", new SecretArgs
        {
            Metadata = cluster.Metadata(name, tags),
            Type = "kubernetes.io/tls",
            StringData =
            {
                ["tls.crt"] = server.Certificate,
                ["tls.key"] = isPkcs8 ? server.Pkcs8Key : server.Key,
                ["ca.crt"] = authority.Certificate.CertPem,
                ["ca.pem"] = authority.Certificate.CertPem,
            },
        }, child());
    }
}

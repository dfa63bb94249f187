using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.LoadBalancers;
using Pulumi;

namespace Infra.Components.Certificates.Kubernetes;

/// <summary>
/// A certificate that exists in a secret, or one that cert-manager issues and renews: by the cluster's issuer, or by an ACME issuer of its
/// own that answers over HTTP through the gateways that use the certificate. Nothing waits for it: the authority asks through a gateway
/// that is only built afterwards, and until it is issued that gateway serves HTTP alone. Each gateway has a secret of its own, which stays
/// when it uses another certificate: what is in it is served until the new one is issued, which cert-manager starts when the old one is
/// gone (its source: internal/controller/certificates, who owns a secret).
/// </summary>
internal sealed class KubernetesCertificate : PlacedComponent, ICertificate
{
    private const string Gateways = "gateway.networking.k8s.io";

    // The port on which cert-manager's solver pods listen, and the label that they bear (its documentation: HTTP01).
    private const int SolverPort = 8089;
    private static readonly Dictionary<string, string> Solver = new() { ["acme.cert-manager.io/http01-solver"] = "true" };

    /// <summary>Asks for the certificate.</summary>
    /// <param name="certificate">The declared certificate.</param>
    /// <param name="gateways">The load balancers that use it, through which it is validated.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesCertificate(Certificate certificate, IReadOnlyList<LoadBalancer> gateways, KubernetesContext context)
        : base(context.PlaceInCluster(certificate))
    {
        var (name, args, cluster, tags) = (Name, certificate.Args, context.Running, Tags);
        if (args.Existing is not null)
        {
            Reference = Output.Create(Share(CertificateSecret.Read(args.Existing.Id)!, gateways.Count > 0, cluster).ToString());
            RegisterOutputs();
            return;
        }

        var installed = cluster.Of(Addon.GatewayController, Addon.CertManager).ToList();
        var entrances = gateways.Select(gateway => gateway.Name).ToList();
        var issuer = cluster.Traits.ClusterIssuer is { } given
            ? new Fields { ["kind"] = "ClusterIssuer", ["name"] = given }
            : new Fields { ["kind"] = "Issuer", ["name"] = Issuer(name, entrances, cluster, tags, installed) };

        if (gateways.Count == 0) Ask(name, CertificateSecret.NameFor(name));
        foreach (var gateway in gateways) Ask($"{name}-{gateway.Name}", CertificateSecret.Of(gateway, certificate).Name);
        Reference = Output.Create(gateways.Count == 0
            ? CertificateSecret.NameFor(name)
            : CertificateSecret.Of(gateways[0], certificate).Name);
        RegisterOutputs();

        void Ask(string role, string secret) => _ = new CustomObject(role, new CustomObjectArgs(
            "cert-manager.io/v1",
            "Certificate",
            cluster.Named(role, name, tags),
            new Fields
            {
                ["secretName"] = secret,
                ["dnsNames"] = args.Domains,
                ["issuerRef"] = issuer,
                ["privateKey"] = new Fields { ["algorithm"] = "ECDSA", ["size"] = 256, ["rotationPolicy"] = "Always" },
            }), Child(dependsOn: installed, deleteBeforeReplace: true));
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Reference { get; private set; }

    // A gateway reads nothing of another namespace unless somebody there lets it. Envoy Gateway looks for such grants in this version.
    private CertificateSecret Share(CertificateSecret secret, bool isUsed, ClusterContext cluster)
    {
        if (secret.Namespace is not { } other || !isUsed) return secret;
        var metadata = cluster.Metadata(Name, Tags);
        metadata.Namespace = other;
        _ = new CustomObject($"{Name}-grant", new CustomObjectArgs(
            $"{Gateways}/v1beta1",
            "ReferenceGrant",
            metadata,
            new Fields
            {
                ["from"] = new[]
                {
                    new Fields { ["group"] = Gateways, ["kind"] = "Gateway", ["namespace"] = cluster.NamespaceName },
                },
                ["to"] = new[] { new Fields { ["group"] = "", ["kind"] = "Secret", ["name"] = secret.Name } },
            }), Child(dependsOn: cluster.Of(Addon.GatewayController)));
        return secret;
    }

    private Output<string> Issuer(
        string name,
        IReadOnlyList<string> gateways,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        IReadOnlyList<Resource> installed)
    {
        // Let's Encrypt limits what it issues per domain and week; its staging service does not, and browsers distrust it.
        var directory = cluster.Profile.IsProduction
            ? "https://acme-v02.api.letsencrypt.org/directory"
            : "https://acme-staging-v02.api.letsencrypt.org/directory";
        _ = NetworkAccess.Ingress(
            $"{name}-solver-ingress",
            cluster.Metadata(name, tags),
            Solver,
            [NetworkAccess.Namespace(cluster.Traits.GatewayNamespace)],
            [NetworkAccess.Tcp(SolverPort)],
            Child());
        return new CustomObject($"{name}-issuer", new CustomObjectArgs(
            "cert-manager.io/v1",
            "Issuer",
            cluster.Metadata(name, tags),
            new Fields
            {
                ["acme"] = new Fields
                {
                    ["server"] = directory,
                    ["privateKeySecretRef"] = new Fields { ["name"] = $"{name}-account" },
                    ["solvers"] = new[]
                    {
                        new Fields
                        {
                            ["http01"] = new Fields
                            {
                                ["gatewayHTTPRoute"] = new Fields
                                {
                                    ["parentRefs"] = gateways.Select(gateway => new Fields
                                    {
                                        ["kind"] = "Gateway",
                                        ["name"] = gateway,
                                        ["sectionName"] = "http",
                                    }).ToArray(),
                                },
                            },
                        },
                    },
                },
            }), Child(dependsOn: installed)).Metadata.Apply(metadata => metadata.Name);
    }
}

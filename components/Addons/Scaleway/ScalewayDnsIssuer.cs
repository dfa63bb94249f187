using Infra.Components.Addons.Kubernetes;
using Infra.Components.Certificates;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Components.Addons.Scaleway;

/// <summary>
/// An issuer of certificates that proves who owns a name by a record in the zone. It needs no traffic, so certificates are there before the
/// traffic moves, and wildcards are possible. Scaleway's own webhook writes the records, with a key that may change DNS and nothing else;
/// it reads the key whenever it proves a name, so that the next one is used as soon as the last one goes.
/// </summary>
internal sealed class ScalewayDnsIssuer : PlacedComponent, IClusterAddon
{
    /// <summary>What the component is called.</summary>
    public const string ComponentName = "dns-issuer";

    /// <summary>The issuer's name.</summary>
    public const string Issuer = "scaleway-dns";

    // Dated 2026-08: the newest release of Scaleway's chart.
    private const string Chart = "scaleway-certmanager-webhook";
    private const string ChartVersion = "0.4.2";

    private const string AccessKey = "SCW_ACCESS_KEY";
    private const string SecretKey = "SCW_SECRET_KEY";

    /// <summary>Installs the webhook and creates the issuer.</summary>
    /// <param name="context">The stack's part, with cert-manager in its cluster.</param>
    public ScalewayDnsIssuer(ScalewayContext context)
        : base(context.PlaceInCluster(ClusterAddonKind.Instance, ComponentName))
    {
        var cluster = context.Running;
        var key = new ScalewayApiKey(Name, ["DomainsDNSFullAccess"], context, Tags, () => Child().On(context.Provider));
        var webhook = new Release(
            Name,
            new ReleaseArgs
            {
                Name = Chart,
                Chart = Chart,
                Version = ChartVersion,
                RepositoryOpts = new RepositoryOptsArgs { Repo = "https://helm.scw.cloud/" },
                Namespace = Releases.CertManager.Namespace,
                Atomic = true,
                Timeout = 600,
            },
            Child(dependsOn: [key.Policy, .. cluster.Of(Addon.CertManager)]));

        // Beside cert-manager: there the secrets of issuers lie that belong to no namespace.
        var credentials = cluster.Metadata(Name, Tags);
        credentials.Namespace = Releases.CertManager.Namespace;
        var pair = ClusterContext.NameOf(new Secret(
            $"{Name}-key",
            new SecretArgs
            {
                Metadata = credentials,
                StringData = { [AccessKey] = key.AccessKey, [SecretKey] = key.SecretKey },
            },
            Child(dependsOn: cluster.Of(Addon.CertManager))));

        var metadata = new ObjectMetaArgs { Name = Issuer };
        foreach (var (label, value) in cluster.Labels(Name, Tags)) metadata.Labels.Add(label, value);
        _ = new CustomObject(
            $"{Name}-acme",
            new CustomObjectArgs(
                "cert-manager.io/v1",
                "ClusterIssuer",
                metadata,
                new Fields
                {
                    ["acme"] = new Fields
                    {
                        // Let's Encrypt limits what it issues per domain and week; its staging service does not, and browsers distrust it.
                        ["server"] = context.IsProduction
                            ? "https://acme-v02.api.letsencrypt.org/directory"
                            : "https://acme-staging-v02.api.letsencrypt.org/directory",
                        ["privateKeySecretRef"] = new Fields { ["name"] = $"{Issuer}-account" },
                        ["solvers"] = new[]
                        {
                            new Fields
                            {
                                ["dns01"] = new Fields
                                {
                                    ["webhook"] = new Fields
                                    {
                                        ["groupName"] = "acme.scaleway.com",
                                        ["solverName"] = "scaleway",
                                        ["config"] = new Fields
                                        {
                                            ["accessKeySecretRef"] = new Fields { ["name"] = pair, ["key"] = AccessKey },
                                            ["secretKeySecretRef"] = new Fields { ["name"] = pair, ["key"] = SecretKey },
                                        },
                                    },
                                },
                            },
                        },
                    },
                }),
            Child(dependsOn: [webhook]));
        Version = Output.Create($"{Chart} {ChartVersion}");
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Version { get; private set; }

    /// <summary>
    /// The issuer of a stack's certificates on Scaleway: the one that the stack file names, or this one where every certificate has its
    /// zone here, in the stack's own project, in which its key may write; null where names are proved over HTTP.
    /// </summary>
    public static string? IssuerOf(Blueprint blueprint)
    {
        if (blueprint.Settings.Accounts.Scaleway?.ClusterIssuer is { } named) return named;
        var certificates = blueprint.On<Certificate>(Cloud.Scaleway).Where(certificate => certificate.Args.Existing is null).ToList();
        return certificates.Count > 0
            && certificates.TrueForAll(certificate =>
                blueprint.Find(certificate.Args.Zone, Cloud.Scaleway) is not null
                && certificate.Args.Zone.Args is { External: false, Existing: null or { Account: null } })
                ? Issuer
                : null;
    }
}

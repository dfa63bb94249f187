using Infra.Components.Addons.Kubernetes;
using Infra.Components.Certificates;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Iam = Pulumi.Ovh.Iam;
using Me = Pulumi.Ovh.Me;

namespace Infra.Components.Addons.Ovh;

/// <summary>
/// An issuer for the stack's cluster that proves names by records in zones of OVHcloud, as wildcards need. cert-manager does not know that
/// DNS itself: a webhook does, with an account that may write records in these zones and nothing else.
/// </summary>
internal sealed class OvhDnsIssuer : PlacedComponent
{
    /// <summary>What the component is called.</summary>
    public const string ComponentName = "dns-issuer";

    /// <summary>The name of the ClusterIssuer.</summary>
    public const string IssuerName = "ovh-dns";

    // The webhook's chart, dated 2026-11, from the project's own releases.
    private static readonly ChartRelease Webhook = new(
        "cert-manager-webhook-ovh",
        "https://aureq.github.io/cert-manager-webhook-ovh/",
        "0.9.16",
        Releases.CertManager.Namespace);

    private static readonly string[] Actions =
    [
        "dnsZone:apiovh:record/create", "dnsZone:apiovh:record/delete", "dnsZone:apiovh:record/get", "dnsZone:apiovh:refresh",
        "dnsZone:apiovh:status/get",
    ];

    /// <summary>Installs the issuer.</summary>
    /// <param name="domains">The zones' domains.</param>
    /// <param name="context">The stack's part, with the add-ons of its cluster.</param>
    public OvhDnsIssuer(IReadOnlyList<string> domains, OvhContext context)
        : base(context.PlaceInCluster(ClusterAddonKind.Instance, ComponentName) with { RunsOn = "cert-manager with OVHcloud DNS" })
    {
        var cluster = context.Running;
        var endpoint = context.Blueprint.Settings.Accounts.Ovh?.Endpoint ?? OvhAccount.Europe;
        var account = new Me.APIOAuth2Client(
            Name,
            new() { Description = context.Describe(Name), Name = $"{context.Stack}-{Name}", Flow = "CLIENT_CREDENTIALS" },
            Child().On(context.Provider));
        _ = new Iam.Policy(
            $"{Name}-policy",
            new()
            {
                Name = $"{context.Stack}-{Name}",
                Description = context.Describe(Name),
                Identities = [account.Identity],
                Resources = domains.Select(domain => $"urn:v1:{endpoint["ovh-".Length..]}:resource:dnsZone:{domain}").ToList(),
                Allows = Actions.ToList(),
            },
            Child().On(context.Provider));

        var installed = cluster.Of(Addon.CertManager).ToList();
        var credentials = $"{IssuerName}-credentials";
        var secret = new Secret($"{Name}-credentials", new SecretArgs
        {
            Metadata = new ObjectMetaArgs { Name = credentials, Namespace = Webhook.Namespace },
            StringData = { ["clientId"] = account.ClientId, ["clientSecret"] = account.ClientSecret },
        }, Child(dependsOn: installed, deleteBeforeReplace: true));
        _ = new Release(Name, new ReleaseArgs
        {
            Name = Webhook.Chart,
            Chart = Webhook.Chart,
            Version = Webhook.Version,
            RepositoryOpts = new RepositoryOptsArgs { Repo = Webhook.Repository },
            Namespace = Webhook.Namespace,
            Atomic = true,
            Timeout = 600,
            Values = new Fields
            {
                ["groupName"] = $"acme.{domains[0]}",
                ["certManager"] = new Fields { ["namespace"] = Releases.CertManager.Namespace, ["serviceAccountName"] = "cert-manager" },
                ["issuers"] = (Fields[])
                [
                    new()
                    {
                        ["name"] = IssuerName,
                        ["create"] = true,
                        ["kind"] = "ClusterIssuer",
                        ["acmeServerUrl"] = cluster.Profile.IsProduction
                            ? "https://acme-v02.api.letsencrypt.org/directory"
                            : "https://acme-staging-v02.api.letsencrypt.org/directory",
                        ["email"] = context.Blueprint.Settings.Owner,
                        ["ovhEndpointName"] = endpoint,
                        ["ovhAuthenticationMethod"] = "oauth2",
                        ["ovhAuthenticationRef"] = new Fields
                        {
                            ["oauth2ClientIDRef"] = new Fields { ["name"] = credentials, ["key"] = "clientId" },
                            ["oauth2ClientSecretRef"] = new Fields { ["name"] = credentials, ["key"] = "clientSecret" },
                        },
                    },
                ],
            },
        }, Child(dependsOn: [.. installed, secret]));
        RegisterOutputs();
    }

    /// <summary>
    /// The issuer of a stack's certificates on OVHcloud: the one that the stack file names, or this one where names are proved by records;
    /// null where all are proved over HTTP.
    /// </summary>
    public static string? IssuerOf(Blueprint blueprint) =>
        blueprint.Settings.Accounts.Ovh?.ClusterIssuer ?? (ProvingDomains(blueprint).Count > 0 ? IssuerName : null);

    /// <summary>The zones of OVHcloud in which names are proved by records: those of certificates that nothing else can prove.</summary>
    public static IReadOnlyList<string> ProvingDomains(Blueprint blueprint)
    {
        if (blueprint.Settings.Accounts.Ovh?.ClusterIssuer is not null) return [];
        var certificates = blueprint.On<Certificate>(Cloud.Ovh).Where(certificate => certificate.Args.Existing is null).ToList();
        return certificates.Exists(certificate => certificate.Args.Domains.Any(domain => domain.StartsWith('*')))
            && certificates.TrueForAll(certificate =>
                !certificate.Args.Zone.Args.External && blueprint.Find(certificate.Args.Zone, Cloud.Ovh) is not null)
            ? [.. certificates.Select(certificate => certificate.Args.Zone.Args.Apex).Distinct().Order(StringComparer.Ordinal)]
            : [];
    }
}

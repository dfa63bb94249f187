using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.LoadBalancers;
using Infra.Components.Networks;
using Infra.Components.Placements;
using Infra.Components.Runtimes;
using Infra.Components.Systems;

namespace Infra.Components.Certificates.Kubernetes;

/// <summary>Certificates that cert-manager issues in a cluster.</summary>
/// <param name="traits">What the cluster can do.</param>
internal class KubernetesCertificates(Func<Blueprint, ClusterTraits> traits)
    : Provision<Certificate, KubernetesContext>(CertificateKind.Instance, new(Backing.InCluster, "cert-manager")), INeedsAddons
{
    /// <summary>The rule that a wildcard breaks which nothing can validate.</summary>
    protected static readonly Rule WildcardRule = Rule.Error("certificate-wildcard", "Wildcards are validated over DNS");

    private static readonly Rule Known = Rule.Error("certificate-existing", "A certificate that exists already is named by its secret");
    private static readonly Rule Used = Rule.Error("certificate-unused", "Certificates that are validated over HTTP have a load balancer");
    private static readonly Rule Trusted = Rule.Info("certificate-staging", "Certificates come from an authority that browsers trust");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [Wildcards];

    /// <summary>On what wildcards depend.</summary>
    protected virtual Gap Wildcards { get; } = new("wildcards", "Wildcards need an issuer that validates over DNS.")
    {
        Rule = WildcardRule,
    };

    /// <summary>The load balancers that use a certificate on a cloud: it is validated through them.</summary>
    public static IReadOnlyList<LoadBalancer> GatewaysOf(Certificate certificate, Blueprint blueprint, Cloud cloud) =>
        [.. blueprint.On<LoadBalancer>(cloud).Where(balancer => balancer.Args.AllCertificates.Contains(certificate))];

    /// <inheritdoc/>
    public IEnumerable<Addon> Addons(Component component, KubernetesContext context) =>
        component is Certificate { Args.Existing: not null } ? [Addon.GatewayController] : [Addon.GatewayController, Addon.CertManager];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Certificate component) => [PrivateNetworkKind.Instance, RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override bool StandsWith(Certificate component, Component reference) => reference != component.Args.Zone;

    /// <inheritdoc/>
    protected override void Check(Certificate component, CloudChecks checks)
    {
        if (component.Args.Existing is { } existing)
        {
            checks.Guard(component, Known).Require(
                CertificateSecret.Read(existing.Id) is not null, "Existing.Id", $"'{existing.Id}'", CertificateSecret.Allowed);
            return;
        }

        if (traits(checks.Blueprint).ClusterIssuer is not null) return;
        var setting = $"set infra:accounts.{checks.Cloud.Name()}.clusterIssuer to one that validates over DNS";
        foreach (var domain in component.Args.Domains.Where(domain => domain.StartsWith('*')))
        {
            checks.Lacks(
                Wildcards,
                component,
                $"'{domain}' cannot be validated over HTTP; allowed: single names.",
                $"Name every host, or {setting}");
        }

        if (GatewaysOf(component, checks.Blueprint, checks.Cloud).Count == 0)
        {
            checks.Report(
                Used,
                component,
                "No load balancer uses it, and it is validated through one; allowed: certificates of load balancers. "
                + $"Use it, remove it, or {setting}.");
        }

        if (!checks.Profile.IsProduction)
        {
            checks.Report(
                Trusted,
                component,
                "Outside production it comes from Let's Encrypt's staging service, which browsers distrust: production's limits would be "
                + "used up by previews.");
        }
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(Certificate component, KubernetesContext context) => new KubernetesCertificate(
        component, GatewaysOf(component, context.Blueprint, context.Cloud), context);
}

using Infra.Components.Addons.Kubernetes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;

namespace Infra.Components.Addons.Scaleway;

/// <summary>Add-ons of the cluster on Scaleway, and the issuer that proves names in Scaleway's zones.</summary>
internal sealed class ScalewayAddons : KubernetesAddons
{
    /// <inheritdoc/>
    public override IEnumerable<string> NamesOfItsOwn(CloudChecks checks) =>
        ScalewayDnsIssuer.IssuerOf(checks.Blueprint) == ScalewayDnsIssuer.Issuer
            ? [.. base.NamesOfItsOwn(checks), ScalewayDnsIssuer.ComponentName]
            : base.NamesOfItsOwn(checks);

    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(KubernetesContext context)
    {
        foreach (var addon in base.BuildFoundation(context)) yield return addon;
        if (context.Cluster?.Traits.ClusterIssuer == ScalewayDnsIssuer.Issuer) yield return new ScalewayDnsIssuer((ScalewayContext)context);
    }
}

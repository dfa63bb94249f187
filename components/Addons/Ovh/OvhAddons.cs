using Infra.Components.Addons.Kubernetes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Ovh;

namespace Infra.Components.Addons.Ovh;

/// <summary>Add-ons of the cluster on OVHcloud, and the issuer that proves names in OVHcloud's zones.</summary>
internal sealed class OvhAddons : KubernetesAddons
{
    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(KubernetesContext context)
    {
        foreach (var addon in base.BuildFoundation(context)) yield return addon;
        if (OvhDnsIssuer.ProvingDomains(context.Blueprint) is { Count: > 0 } domains)
            yield return new OvhDnsIssuer(domains, (OvhContext)context);
    }
}

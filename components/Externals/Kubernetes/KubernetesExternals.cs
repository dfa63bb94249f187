using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;

namespace Infra.Components.Externals.Kubernetes;

/// <summary>Something external for consumers in a cluster.</summary>
internal class KubernetesExternals()
    : Provision<External, KubernetesContext>(ExternalKind.Instance, new(Backing.External, "whoever runs it"))
{
    /// <inheritdoc/>
    protected override void Check(External component, CloudChecks checks) => ExternalChecks.CheckWay(component, checks);

    /// <inheritdoc/>
    protected override PlacedComponent Build(External component, KubernetesContext context) => new KubernetesExternal(component, context);
}

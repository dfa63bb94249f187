using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;

namespace Infra.Components.Runtimes.Kubernetes;

/// <summary>The cluster that is given: nothing builds it.</summary>
internal sealed class KubernetesRuntimes()
    : FoundationProvision<KubernetesContext>(RuntimeKind.Instance, new(Backing.External, "the given cluster"))
{
    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(KubernetesContext context) => [];
}

using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Systems;

namespace Infra.Components.Addons.Kubernetes;

/// <summary>The provision of a kind whose components build on cluster-wide singletons.</summary>
internal interface INeedsAddons : IProvision
{
    /// <summary>The add-ons that a component builds on.</summary>
    /// <param name="component">The component.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    IEnumerable<Addon> Addons(Component component, KubernetesContext context);
}

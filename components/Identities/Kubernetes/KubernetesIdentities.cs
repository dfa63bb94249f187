using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Services;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;

namespace Infra.Components.Identities.Kubernetes;

/// <summary>The service accounts of what runs in a cluster.</summary>
internal class KubernetesIdentities()
    : FoundationProvision<KubernetesContext>(ServiceIdentityKind.Instance, new(Backing.Native, "Kubernetes service account"))
{
    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(KubernetesContext context)
    {
        foreach (var consumer in context.On<Consumer>())
        {
            var identity = new KubernetesServiceIdentity(consumer, context);
            context.Keep(consumer, identity);
            if (consumer is ContainerService { Args.IsHttp: true } service)
                context.Target(service, new KubernetesServiceTarget(service, context.Running));
            yield return identity;
        }
    }
}

using Infra.Components.Clouds.Kubernetes;

namespace Infra.Components.ContentDelivery.Kubernetes;

/// <summary>Content delivery networks beside a plain cluster, which has none.</summary>
internal sealed class KubernetesCdns() : SuppliedCdns<KubernetesContext, KubernetesGrantee>("A plain cluster");

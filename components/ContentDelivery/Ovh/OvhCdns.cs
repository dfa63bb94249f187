using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Ovh;

namespace Infra.Components.ContentDelivery.Ovh;

/// <summary>Content delivery networks on OVHcloud, which has none for buckets and load balancers of its Public Cloud.</summary>
internal sealed class OvhCdns() : SuppliedCdns<OvhContext, KubernetesGrantee>("OVHcloud");

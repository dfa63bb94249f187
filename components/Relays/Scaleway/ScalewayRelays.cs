using Infra.Components.Clouds;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Relays.Kubernetes;
using Infra.Components.Runtimes.Scaleway;

namespace Infra.Components.Relays.Scaleway;

/// <summary>
/// Relays on Scaleway: those of the cluster, behind a load balancer of Scaleway's own with a reserved address. Where only buckets are used,
/// keys do.
/// </summary>
internal sealed class ScalewayRelays() : KubernetesRelays<ScalewayContext>(ScalewayRuntimes.TraitsOf, "Scaleway IAM application")
{
    /// <summary>None: its load balancers name the caller, whatever the cluster's nodes do.</summary>
    public override IReadOnlyList<Gap> Gaps => [];
}

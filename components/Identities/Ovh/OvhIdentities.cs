using Infra.Components.Clouds;
using Infra.Components.Identities.Kubernetes;

namespace Infra.Components.Identities.Ovh;

/// <summary>Identities on OVHcloud: service accounts of the cluster; whoever uses a store has a user of OVHcloud besides.</summary>
internal sealed class OvhIdentities : KubernetesIdentities
{
    private static readonly Gap WithoutKeys = new("identity without keys", "Logins and keys are users of OVHcloud, one per link.");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [WithoutKeys];
}

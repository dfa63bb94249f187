using Infra.Components.Clouds;
using Infra.Components.Jobs.Kubernetes;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Services.Ovh;

namespace Infra.Components.Jobs.Ovh;

/// <summary>Jobs on OVHcloud: those of its cluster, for x86-64 only.</summary>
internal sealed class OvhJobs : KubernetesJobs
{
    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [OvhContainerServices.Arm64, ContainerChecks.AnyUser];

    /// <inheritdoc/>
    protected override void Check(Job component, CloudChecks checks)
    {
        base.Check(component, checks);
        OvhContainerServices.CheckArchitecture(component, checks);
    }
}

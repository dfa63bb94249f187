using Infra.Components.Clouds;
using Infra.Components.Jobs.Kubernetes;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Services.Ovh;

namespace Infra.Components.Jobs.Ovh;

/// <summary>Scheduled jobs on OVHcloud: those of its cluster, for x86-64 only.</summary>
internal sealed class OvhScheduledJobs : KubernetesScheduledJobs
{
    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [OvhContainerServices.Arm64, ContainerChecks.AnyUser];

    /// <inheritdoc/>
    protected override void Check(ScheduledJob component, CloudChecks checks)
    {
        base.Check(component, checks);
        OvhContainerServices.CheckArchitecture(component, checks);
    }
}

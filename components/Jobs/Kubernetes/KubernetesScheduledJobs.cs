using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Runtimes;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;

namespace Infra.Components.Jobs.Kubernetes;

/// <summary>Scheduled jobs as the cron jobs of a cluster.</summary>
internal class KubernetesScheduledJobs()
    : Provision<ScheduledJob, KubernetesContext>(ScheduledJobKind.Instance, new(Backing.Native, "Kubernetes cron job"))
{
    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [ContainerChecks.AnyUser];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(KubernetesServiceTweak)];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(ScheduledJob component) => [PrivateNetworkKind.Instance, RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void Check(ScheduledJob component, CloudChecks checks) => ContainerChecks.Check(component, checks);

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks) => ContainerChecks.CheckUsers(checks.On<ScheduledJob>(), checks);

    /// <inheritdoc/>
    protected override PlacedComponent? Begin(ScheduledJob component, KubernetesContext context) =>
        new KubernetesScheduledJob(component, context);

    /// <inheritdoc/>
    protected override PlacedComponent Build(ScheduledJob component, KubernetesContext context)
    {
        var job = context.Begun<KubernetesScheduledJob>(component);
        job.Complete(component, context);
        return job;
    }
}

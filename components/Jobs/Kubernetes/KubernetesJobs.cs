using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Runtimes;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;

namespace Infra.Components.Jobs.Kubernetes;

/// <summary>Jobs as those of a cluster.</summary>
internal class KubernetesJobs() : Provision<Job, KubernetesContext>(JobKind.Instance, new(Backing.Native, "Kubernetes job"))
{
    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [ContainerChecks.AnyUser];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(KubernetesServiceTweak)];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Job component) => [PrivateNetworkKind.Instance, RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void Check(Job component, CloudChecks checks) => ContainerChecks.Check(component, checks);

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks) => ContainerChecks.CheckUsers(checks.On<Job>(), checks);

    /// <inheritdoc/>
    protected override PlacedComponent? Begin(Job component, KubernetesContext context) => new KubernetesJob(component, context);

    /// <inheritdoc/>
    protected override PlacedComponent Build(Job component, KubernetesContext context)
    {
        var job = context.Begun<KubernetesJob>(component);
        job.Complete(component, context);
        return job;
    }
}

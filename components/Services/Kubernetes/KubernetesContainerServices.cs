using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Runtimes;
using Infra.Components.Systems;

namespace Infra.Components.Services.Kubernetes;

/// <summary>Services as deployments of a cluster.</summary>
internal class KubernetesContainerServices()
    : Provision<ContainerService, KubernetesContext>(ContainerServiceKind.Instance, new(Backing.Native, "Kubernetes deployment"))
{
    private static readonly Rule MorePorts = Rule.Error("kubernetes-more-ports", "Further ports of services are free in clusters");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [ContainerChecks.AnyUser, .. VolumeChecks.OfGivenCluster];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(KubernetesServiceTweak)];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(ContainerService component) => [PrivateNetworkKind.Instance, RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void Check(ContainerService component, CloudChecks checks)
    {
        ContainerChecks.Check(component, checks);
        VolumeChecks.Check(component, checks);
        checks.Guard(component, MorePorts).Require(
            !component.Args.MorePorts.Contains(KubernetesServiceTarget.EntryPort),
            nameof(ContainerServiceArgs.MorePorts),
            KubernetesServiceTarget.EntryPort,
            $"other ports, because callers in clusters enter the service by {KubernetesServiceTarget.EntryPort} whatever its Port is",
            "Let it listen on another port");
    }

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks) => ContainerChecks.CheckUsers(checks.On<ContainerService>(), checks);

    /// <inheritdoc/>
    protected override PlacedComponent? Begin(ContainerService component, KubernetesContext context) =>
        new KubernetesContainerService(component, context);

    /// <inheritdoc/>
    protected override PlacedComponent Build(ContainerService component, KubernetesContext context)
    {
        var service = context.Begun<KubernetesContainerService>(component);
        service.Complete(component, context);
        return service;
    }
}

using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Identities;
using Infra.Components.Networks;
using Infra.Components.Networks.Gcp;
using Infra.Components.Registries;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Services;
using Infra.Components.Services.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Jobs.Gcp;

/// <summary>Jobs on Google Cloud.</summary>
internal sealed class GcpJobs() : Provision<Job, GcpContext>(JobKind.Instance, new(Backing.Native, "Cloud Run")), IUsesApis
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Apis { get; } = ["run"];

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        GcpContainerChecks.Arm64, GcpContainerChecks.User, GcpContainerChecks.Steps, GcpJobSidecars.Gap, ReadOnlyRoots.Gap,
        MountedDirectory.Gap,
    ];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Job component) =>
        [RuntimeKind.Instance, PrivateNetworkKind.Instance, ContainerRegistryKind.Instance, ServiceIdentityKind.Instance];

    /// <inheritdoc/>
    protected override void Check(Job component, CloudChecks checks)
    {
        GcpContainerChecks.Check(component, checks);
        GcpJobSidecars.Check(component, checks);
    }

    /// <inheritdoc/>
    protected override PlacedComponent? Begin(Job component, GcpContext context) => new GcpJob(component, context);

    /// <inheritdoc/>
    protected override PlacedComponent Build(Job component, GcpContext context)
    {
        var job = context.Begun<GcpJob>(component);
        job.Complete(component, context.Get<GcpPrivateNetwork>(), context.Get<GcpRuntime>(), context);
        return job;
    }
}

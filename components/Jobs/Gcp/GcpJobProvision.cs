using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Identities;
using Infra.Components.Networks;
using Infra.Components.Registries;
using Infra.Components.Runtimes;
using Infra.Components.Services;
using Infra.Components.Services.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Jobs.Gcp;

/// <summary>What every job on Google Cloud needs and lacks, whoever starts it.</summary>
/// <param name="kind">The kind.</param>
/// <param name="offer">How it is provided.</param>
internal abstract class GcpJobProvision<TJob>(ComponentKind kind, Offer offer) : Provision<TJob, GcpContext>(kind, offer), IUsesApis
    where TJob : Consumer
{
    /// <inheritdoc/>
    public abstract IReadOnlyList<string> Apis { get; }

    /// <summary>What every job lacks.</summary>
    protected static IReadOnlyList<Gap> OfEveryJob { get; } =
    [
        GcpContainerChecks.Arm64, GcpContainerChecks.User, GcpContainerChecks.Steps, GcpJobSidecars.Gap, ReadOnlyRoots.Gap,
        MountedDirectory.Gap,
    ];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(TJob component) =>
        [RuntimeKind.Instance, PrivateNetworkKind.Instance, ContainerRegistryKind.Instance, ServiceIdentityKind.Instance];

    /// <inheritdoc/>
    protected override void Check(TJob component, CloudChecks checks)
    {
        GcpContainerChecks.Check(component, checks);
        GcpJobSidecars.Check(component, checks);
    }
}

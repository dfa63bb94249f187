using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;

namespace Infra.Components.Services.Ovh;

/// <summary>Services on OVHcloud: those of its cluster, for x86-64 only.</summary>
internal sealed class OvhContainerServices : KubernetesContainerServices
{
    private static readonly Rule Architecture = Rule.Error("ovh-container-architecture", "Images are built for x86-64 on OVHcloud");

    /// <summary>What every consumer on OVHcloud lacks.</summary>
    public static readonly Gap Arm64 = new("arm64", "x86-64 only.") { Rule = Architecture };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [Arm64, ContainerChecks.AnyUser, .. VolumeChecks.OfOwnCluster];

    /// <summary>Refuses an image that no node runs.</summary>
    public static void CheckArchitecture(Consumer consumer, CloudChecks checks)
    {
        if (consumer.Container.Architecture != CpuArchitecture.Arm64) return;
        checks.Lacks(
            Arm64,
            consumer,
            "Architecture is arm64, which no node of OVHcloud has; allowed: amd64.",
            "Build the image for x86-64 and set Architecture to amd64");
    }

    /// <inheritdoc/>
    protected override void Check(ContainerService component, CloudChecks checks)
    {
        base.Check(component, checks);
        CheckArchitecture(component, checks);
    }
}

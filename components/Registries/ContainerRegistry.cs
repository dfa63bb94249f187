using Infra.Components.Checks;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Registries;

/// <summary>Where the system's images are kept, on every cloud where something stands. A system has one at most.</summary>
public sealed class ContainerRegistry(string name, ContainerRegistryArgs? args = null)
    : Component<ContainerRegistryArgs>(name, args ?? new())
{
    /// <inheritdoc/>
    public override ComponentKind Kind => ContainerRegistryKind.Instance;
}

/// <summary>The arguments of a container registry.</summary>
public sealed record ContainerRegistryArgs : Arguments
{
    /// <summary>
    /// How many images of each component are kept, 1 to 1000, where the cloud can. Default: 30. The deployed one must be among them: a
    /// replica that starts later pulls it again.
    /// </summary>
    public int KeepImages { get; init; } = 30;

    /// <summary>
    /// After how many days images without a tag are deleted, 1 to 365, where the cloud can. Default: 14. Tag what is deployed.
    /// </summary>
    public int ExpireUntaggedDays { get; init; } = 14;

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        new("keeps", Decision.Counted(KeepImages, "images")),
    ];

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        guard.InRange(nameof(KeepImages), KeepImages, 1, 1000, "images");
        guard.InRange(nameof(ExpireUntaggedDays), ExpireUntaggedDays, 1, 365, "days");
    }
}

/// <summary>What every cloud gives for a container registry.</summary>
public interface IContainerRegistry
{
    /// <summary>What stands before a component's name in its images' references, such as <c>registry.example.org/familink</c>.</summary>
    Output<string> Prefix { get; }
}

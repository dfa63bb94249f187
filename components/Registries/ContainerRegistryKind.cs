using Infra.Components.Systems;

namespace Infra.Components.Registries;

/// <summary>Where images are kept.</summary>
public sealed class ContainerRegistryKind : ComponentKind
{
    private ContainerRegistryKind()
        : base("ContainerRegistry", BuildStage.Foundation)
    {
    }

    /// <summary>The kind.</summary>
    public static ContainerRegistryKind Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsSingle => true;

    /// <inheritdoc/>
    public override bool KeepsImages => true;

    /// <inheritdoc/>
    public override string? Lasts => "the images";
}

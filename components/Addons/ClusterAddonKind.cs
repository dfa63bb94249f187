using Infra.Components.Systems;

namespace Infra.Components.Addons;

/// <summary>A cluster-wide singleton, on Kubernetes only.</summary>
public sealed class ClusterAddonKind : ComponentKind
{
    private ClusterAddonKind()
        : base("ClusterAddon", BuildStage.Foundation)
    {
    }

    /// <summary>The kind.</summary>
    public static ClusterAddonKind Instance { get; } = new();
}

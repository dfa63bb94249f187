using Infra.Components.Systems;

namespace Infra.Components.Relays;

/// <summary>
/// What lets consumers of other clouds reach stores and services here. Nobody declares it: it follows from such consumers.
/// </summary>
public sealed class RelayKind : ComponentKind
{
    private RelayKind()
        : base("Relay", BuildStage.Foundation)
    {
    }

    /// <summary>The kind.</summary>
    public static RelayKind Instance { get; } = new();
}

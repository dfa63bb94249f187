using Infra.Components.Systems;

namespace Infra.Components.Runtimes;

/// <summary>The implicit cluster on which services and jobs run. Nobody declares it: it follows from what runs.</summary>
public sealed class RuntimeKind : ComponentKind
{
    private RuntimeKind()
        : base("Runtime", BuildStage.Foundation)
    {
    }

    /// <summary>The kind.</summary>
    public static RuntimeKind Instance { get; } = new();
}

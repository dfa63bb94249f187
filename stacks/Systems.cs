using Infra.Components.Systems;

namespace Infra.Stacks;

/// <summary>Every system that a stack file can name.</summary>
public static class Systems
{
    /// <summary>The systems, in alphabetical order.</summary>
    public static IReadOnlyList<SystemDeclaration> All { get; } = [new Familink()];
}

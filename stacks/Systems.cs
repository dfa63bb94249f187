namespace Infra.Stacks;

/// <summary>Every system that a stack file can name: the classes of this folder that declare one.</summary>
public static class Systems
{
    /// <summary>The systems, in alphabetical order.</summary>
    public static IReadOnlyList<SystemDeclaration> All { get; } =
    [
        .. typeof(Systems).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(SystemDeclaration)) && !type.IsAbstract)
            .Select(type => (SystemDeclaration)Activator.CreateInstance(type)!)
            .OrderBy(system => system.Name, StringComparer.Ordinal),
    ];
}

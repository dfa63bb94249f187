namespace Infra.Components.Systems;

/// <summary>Which component takes the place of another: what was declared, and what it became when it was resolved.</summary>
/// <param name="resolved">The resolved component of each declared one.</param>
public sealed class References(IReadOnlyDictionary<Component, Component> resolved)
{
    /// <summary>The component that takes another's place; itself where the model does not hold it, which is reported elsewhere.</summary>
    public T Of<T>(T declared)
        where T : Component => resolved.TryGetValue(declared, out var found) ? (T)found : declared;
}

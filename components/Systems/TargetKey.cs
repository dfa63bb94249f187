namespace Infra.Components.Systems;

/// <summary>One of the things that a consumer knows of a component that it is linked to, such as a database's <c>HOST</c>.</summary>
/// <param name="Target">The component.</param>
/// <param name="Name">The key, one of those of its kind.</param>
public sealed record TargetKey(Component Target, string Name);

namespace Infra.Components.Systems;

/// <summary>What a component needs that nobody declares, and that is a job of the system like any other.</summary>
/// <param name="Consumer">The job, with its links.</param>
/// <param name="Images">The images of its containers, as <c>infra:images</c> names them, unless the stack file names others.</param>
internal sealed record Implied(Consumer Consumer, IReadOnlyDictionary<string, string> Images);

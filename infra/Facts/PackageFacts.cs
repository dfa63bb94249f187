namespace Infra.Facts;

/// <summary>The facts about the resource types of one package, as they were read off one version of it.</summary>
/// <param name="Package">The package, as types' tokens begin with it.</param>
/// <param name="Version">The version of the Pulumi package.</param>
/// <param name="Source">What the version bridges or embeds, and where else the facts come from.</param>
/// <param name="Read">When they were read, as year and month.</param>
/// <param name="Types">A row per type.</param>
internal sealed record PackageFacts(string Package, string Version, string Source, string Read, IReadOnlyList<TypeFacts> Types);

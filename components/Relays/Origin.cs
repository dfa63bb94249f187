using Infra.Components.Placements;
using Pulumi;

namespace Infra.Components.Relays;

/// <summary>
/// Where foreign consumers come from. All consumers on one cloud leave it by the same addresses and share one origin: the addresses are known only
/// once they are reserved, so nobody could tell by comparing them that two are the same.
/// </summary>
/// <param name="cloud">The cloud on which the consumers stand.</param>
/// <param name="addresses">The addresses or blocks by which they leave it.</param>
internal sealed class Origin(Cloud cloud, IReadOnlyList<Output<string>> addresses)
{
    /// <summary>The cloud on which the consumers stand.</summary>
    public Cloud Cloud { get; } = cloud;

    /// <summary>Where they come from, as blocks: some clouds tell addresses, others blocks.</summary>
    public IReadOnlyList<Output<string>> Blocks { get; } =
        [.. addresses.Select(address => address.Apply(text => text.Contains('/', StringComparison.Ordinal) ? text : $"{text}/32"))];

    /// <summary>The blocks of some origins, each origin's once.</summary>
    public static IReadOnlyList<Output<string>> BlocksOf(IEnumerable<Origin> origins) => [.. origins.Distinct().SelectMany(origin => origin.Blocks)];
}
